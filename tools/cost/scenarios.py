"""What people do with the platform, and what it then costs."""

from collections.abc import Callable, Iterator
from itertools import chain
from math import ceil

from tools.cost import units
from tools.cost.assumed import assumed
from tools.cost.counting import GB, bill, duration_ms, function, http, work
from tools.cost.prices import Bill, Line
from tools.cost.usage import usage

SUBMISSIONS, PLAYERS, STUDENTS, ANSWERS, QUIZZES = 1_000, 10_000, 1_000, 40, 1_000
_BATCH = 10


def submissions(number: int = SUBMISSIONS) -> Bill:
    """Posted by an LMS, ten in a batch."""
    requests = units.requests(usage().shapes.lms_message)
    # Sent one by one, received and deleted ten at a time.
    queue = Line(
        "sqs_fifo", number * requests + 2 * number / _BATCH * units.requests(_BATCH * usage().shapes.lms_message)
    )
    return bill(f"{number:,} LMS submissions", chain([queue], work("lms_batch", number), work("lms_stream", number)))


def quizzes(number: int = QUIZZES) -> Bill:
    """Generated, submitted, exported and announced; each by a student who signs in for it."""
    lines = chain(
        *(work(name, number) for name in ("generate", "submit", "quizzes_stream")),
        *(http(number, usage().work[name].response_bytes) for name in ("generate", "submit")),
    )
    return bill(f"{number:,} generated and submitted quizzes", lines)


def practice(students: int = STUDENTS, answers: int = ANSWERS) -> Bill:
    """A session of so many answers each."""
    times = {"session": students, "question": students, "answer": students * answers}
    lines = chain(
        *(work(name, number) for name, number in times.items()),
        *(http(number, usage().work[name].response_bytes) for name, number in times.items()),
        work("practice_stream", students * answers),
    )
    return bill(f"{students:,} practising students, {answers} answers each", lines)


def live(players: int = PLAYERS) -> Bill:
    """One live quiz of twenty questions, with everybody in it from the lobby to the end."""
    lines = chain(_players(players), _clock(players), _broadcasts(players), _leaderboard(players))
    return bill(f"a live quiz of {players:,} players and {usage().shapes.questions} questions", lines)


def shards(players: int) -> int:
    """Of a game that expects so many."""
    return ceil(players / usage().shapes.players_per_shard)


def _players(players: int) -> Iterator[Line]:
    """They connect, join, answer and leave; the reply to a message is a message, too."""
    shapes, known = usage().shapes, assumed()
    times = {"connect": 1, "join": 1, "live_answer": shapes.questions, "disconnect": 1}
    for name, number in times.items():
        yield from work(name, players * number)
    yield from function("authorizer", players, known.authorizer_ms, players * known.authorizer_log_bytes)
    said = times["join"] + times["live_answer"]
    replied = sum(usage().work[name].response_bytes * times[name] for name in ("join", "live_answer"))
    yield Line("apigateway_message", 2 * players * said)
    yield Line("apigateway_minute", players * ceil(shapes.seconds / 60))
    yield Line("logs_gb", players * (said + 2) * known.socket_access_log_bytes / GB)
    yield Line("data_out_gb", players * replied / GB)


def _clock(players: int) -> Iterator[Line]:
    """It reads every shard's standings at each reveal, every player at the end, and sends a job to each shard."""
    shapes, used = usage().shapes, usage().work["clock"]
    waits = duration_ms(used) + assumed().clock_wait_ms
    yield from function("clock", used.invocations, waits, used.log_bytes)
    yield Line("dynamodb_write", used.write_units)
    page = units.read_units(shapes.players_per_shard * shapes.standing_row, consistent=False)
    yield Line("dynamodb_read", used.reads["GetItem"] + used.calls["dynamodb.Query"] * shards(players) * page)
    yield Line("dynamodb_read", players * units.read_units(shapes.player_item, consistent=True))
    timers = used.calls["sqs.SendMessage"] - shapes.messages
    # A timer and a job are each sent, received and deleted.
    yield Line("sqs_standard", 3 * (timers + shapes.messages * shards(players) * units.requests(shapes.job_bytes)))
    yield Line("s3_put", used.payload["s3.PutObject"])
    yield Line("eventbridge_event", used.payload["events.PutEvents"])
    yield Line("sns_publish", used.payload["sns.Publish"])


def _broadcasts(players: int) -> Iterator[Line]:
    """One job for each message and shard; it reads who listens, and posts to each."""
    shapes, used = usage().shapes, usage().work["broadcast"]
    jobs, posts = shapes.messages * shards(players), shapes.messages * players
    yield from function("broadcast", jobs, broadcast_ms(), jobs * used.log_bytes)
    page = units.read_units(shapes.players_per_shard * shapes.connection_row, consistent=True)
    yield Line("dynamodb_read", jobs * page)
    yield Line("apigateway_message", posts * ceil(shapes.post_bytes / (32 * units.KB)))
    yield Line("data_out_gb", posts * shapes.post_bytes / GB)


def broadcast_ms() -> float:
    """What a worker takes for one full shard."""
    return duration_ms(usage().work["broadcast"]) + usage().shapes.players_per_shard * assumed().post_ms


def _leaderboard(players: int) -> Iterator[Line]:
    """Every change of a player goes from the stream into Redis; Lambda's reads of streams cost nothing."""
    known = assumed()
    batches = players * (1 + usage().shapes.questions) / known.projector_records
    yield from function("projector", batches, known.projector_ms, batches * known.authorizer_log_bytes)


SCENARIOS: tuple[Callable[[], Bill], ...] = (submissions, live, practice, quizzes)
