"""Where growth ends first: AWS's limits and the modules' own, over what each piece of work was counted to use."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from tools.cost.assumed import assumed, memory
from tools.cost.counting import duration_ms
from tools.cost.scenarios import broadcast_ms
from tools.cost.usage import usage

# What a new on-demand table or index takes a second at once, and what one partition, and so one key, ever takes.
NEW_TABLE, PARTITION = 4_000, 1_000
LAMBDA, API, CONNECTIONS, SIGN_INS = 1_000, 10_000, 500, 120
HTTP_THROTTLE, SOCKET_THROTTLE = 1_000, 2_000
SUBMISSIONS_AT_ONCE, BROADCASTS_AT_ONCE = 20, 50
# The timeout of the clock, and what Python and the SDK take of its memory.
CLOCK_SECONDS, CLOCK_OWN_MB = 30, 120
_BATCH = 10


class Limit(Struct, frozen=True):
    """Met at so many of `load`; `raised` says by what it can be put off."""

    name: str
    at: float
    load: str
    raised: str

    @property
    def students(self) -> float:
        """How many students make that load when they are busiest."""
        return self.at / loads()[self.load]


def loads() -> Mapping[str, float]:
    """What one student adds to each load at the busiest moment."""
    known = assumed()
    answers = known.practising / known.seconds_an_answer
    quizzes = 2 * known.quiz_share / known.rush_seconds
    return {
        "practice answers a second": answers,
        "submissions a second": known.submissions_a_day * known.rush_share / known.rush_seconds,
        "sign-ins a second": known.sign_in_share / known.rush_seconds,
        "HTTP requests a second": answers + quizzes,
        "players of one quiz": known.players,
    }


def limits() -> list[Limit]:
    """All of them, in the order in which they are met."""
    return sorted(
        [*_of_practice(), *_of_submissions(), *_of_people(), *_of_live(), *_of_endings()],
        key=lambda limit: limit.students,
    )


def _of_practice() -> Iterator[Limit]:
    answer, counted = usage().work["answer"].writes, usage().work["practice_stream"].writes
    load = "practice answers a second"
    for table, units in (*answer.items(), *counted.items()):
        yield Limit(f"new table {table}: {NEW_TABLE:,} writes a second", NEW_TABLE / units, load, "warm throughput")
    busy = duration_ms(usage().work["answer"]) / 1000
    yield Limit(f"Lambda: {LAMBDA:,} at once, http alone", LAMBDA / busy, load, "quota L-B99A9384")


def _of_submissions() -> Iterator[Limit]:
    writes, load = usage().work["lms_batch"].writes, "submissions a second"
    for table, units in writes.items():
        yield Limit(f"new table {table}: {NEW_TABLE:,} writes a second", NEW_TABLE / units, load, "warm throughput")
    hot = PARTITION / writes["submissions/by_quiz"]
    yield Limit("one partition: all submissions of one quiz, in by_quiz", hot, load, "another key for the index")
    batches = SUBMISSIONS_AT_ONCE / (duration_ms(usage().work["lms_batch"]) / 1000)
    yield Limit(f"{SUBMISSIONS_AT_ONCE} batches at once", batches * _BATCH, load, "submissions.max_concurrency")
    calls = usage().work["lms_stream"].calls["events.PutEvents"]
    yield Limit("EventBridge: 10,000 PutEvents a second", 10_000 / calls, load, "quota L-9B653E91")


def _of_people() -> Iterator[Limit]:
    yield Limit(f"Cognito: {SIGN_INS} sign-ins a second", SIGN_INS, "sign-ins a second", "quota L-026ADBA3")
    load = "HTTP requests a second"
    yield Limit(f"HTTP API: {HTTP_THROTTLE:,} a second", HTTP_THROTTLE, load, "http.throttle of modules/api")
    yield Limit(f"API Gateway: {API:,} a second, all APIs", API, load, "quota L-8A5B8E43")
    # At worst every invocation sends its lines by itself.
    yield Limit("CloudWatch Logs: 5,000 PutLogEvents a second", 5_000, load, "quota L-7E1FAE88")


def _of_live() -> Iterator[Limit]:
    known, load = assumed(), "players of one quiz"
    yield Limit(
        f"WebSocket: {CONNECTIONS} new connections a second",
        CONNECTIONS * known.gathering_seconds,
        load,
        "quota L-9ED1E49A",
    )
    yield Limit(
        f"API Gateway: {API:,} posts a second",
        API * known.telling_seconds,
        load,
        "lead_ms of the quiz, then quota L-8A5B8E43",
    )
    answers = known.answering_seconds
    yield Limit(
        f"WebSocket API: {SOCKET_THROTTLE:,} messages a second",
        SOCKET_THROTTLE * answers,
        load,
        "socket.throttle of modules/api",
    )
    posts = BROADCASTS_AT_ONCE * usage().shapes.players_per_shard / (broadcast_ms() / 1000)
    yield Limit(
        f"{BROADCASTS_AT_ONCE} broadcasts at once",
        posts * known.telling_seconds,
        load,
        "lead_ms, then live.max_broadcasts",
    )
    for table, units in usage().work["join"].writes.items():
        at = NEW_TABLE / units * known.gathering_seconds
        yield Limit(f"new table {table}, joining: {NEW_TABLE:,} writes a second", at, load, "warm throughput")
    for table, units in usage().work["live_answer"].writes.items():
        at = NEW_TABLE / units * answers
        yield Limit(f"new table {table}, answering: {NEW_TABLE:,} writes a second", at, load, "warm throughput")
    busy = duration_ms(usage().work["live_answer"]) / 1000
    yield Limit(f"Lambda: {LAMBDA:,} at once, socket alone", LAMBDA / busy * answers, load, "quota L-B99A9384")


def _of_endings() -> Iterator[Limit]:
    """One invocation of the clock concludes a game."""
    load = "players of one quiz"
    shapes = usage().shapes
    seconds = CLOCK_SECONDS * 1000 / (shapes.ending_ms * assumed().cpu_factor)
    yield Limit(
        f"the clock: {CLOCK_SECONDS} seconds to conclude a game", seconds, load, "a function of its own for the end"
    )
    room = (memory()["clock"] - CLOCK_OWN_MB) * 1024**2 / shapes.ending_bytes
    yield Limit(
        f"the clock: {memory()['clock']:,} MB to conclude a game", room, load, "memory_size in modules/scheduler"
    )


def rendered_limits() -> str:
    """As a table in Markdown."""
    rows = [
        f"| {_rounded(limit.students):,} | {_rounded(limit.at):,} {limit.load} | {limit.name} | {limit.raised} |"
        for limit in limits()
    ]
    return "\n".join(["| Students | Which are | Limit | Raised by |", "|--:|---|---|---|", *rows])


def _rounded(count: float) -> int:
    """Two digits: more would be more than anybody knows."""
    digits = len(str(int(count))) - 2
    return int(round(count, -digits)) if digits > 0 else int(count)
