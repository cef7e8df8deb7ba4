"""Everything that is measured, in one piece."""

import json
from collections.abc import Mapping
from statistics import median
from typing import Any

import msgspec

from adapters.live.games import Games
from quiz.live.broadcasts import jobs
from quiz.live.messages import You
from tools.cost import units
from tools.cost.definitions import tables
from tools.cost.measure import bank, ending, work
from tools.cost.measure.game import Game
from tools.cost.measure.place import Place, place
from tools.cost.measure.recorder import Counted
from tools.cost.usage import Shapes, Usage, Used

_SHARD = 250
_NAMES = {
    "lms_batch": ("submission", "submissions"),
    "lms_stream": ("submission", "stream"),
    "generate": ("quiz", "http"),
    "submit": ("quiz", "http"),
    "quizzes_stream": ("quiz", "stream"),
    "session": ("session", "http"),
    "question": ("session", "http"),
    "answer": ("answer", "http"),
    "practice_stream": ("answer", "stream"),
    "connect": ("player", "socket"),
    "join": ("player", "socket"),
    "live_answer": ("answer", "socket"),
    "disconnect": ("player", "socket"),
    "clock": ("game", "clock"),
    "broadcast": ("job", "broadcast"),
}


def measured(players: int) -> Usage:
    """Everything, with so many players in the game."""
    with place() as here:
        bank.fill(here.database(), _SHARD)
        done = {**work.lms(here), **work.quizzes(here), **work.practice(here)}
        game = Game(here, players).play()
        shapes = _shapes(here, game)
    return Usage(shapes, {name: _used(name, *one) for name, one in {**done, **_played(game)}.items()})


def _played(game: Game) -> dict[str, tuple[Counted, int]]:
    others = len(game.players) - 1
    counts = {"connect": others, "join": others, "disconnect": others, "clock": 1, "broadcast": game.jobs}
    counts["live_answer"] = others * bank.ASKED
    return {name: (game.work[name], count) for name, count in counts.items()}


def _used(name: str, counted: Counted, times: int) -> Used:
    of, function = _NAMES[name]
    return Used(
        of=of,
        function=function,
        invocations=round(len(counted.cpu_ms) / times, 4),
        calls=_each(counted.calls, times),
        writes=_each(counted.writes, times),
        reads=_each(counted.reads, times),
        payload=_each(counted.payload, times),
        log_bytes=round(counted.log_bytes / times),
        response_bytes=round(counted.response_bytes / times),
        cpu_ms=round(median(counted.cpu_ms), 3),
    )


def _each(counted: Mapping[str, float], times: int) -> dict[str, float]:
    return {name: round(number / times, 4) for name, number in sorted(counted.items())}


def _shapes(here: Place, game: Game) -> Shapes:
    seconds, most = ending.seconds_and_bytes()
    player = _one(here, "participants", lambda item: "answers" in item)
    table = tables()["participants"]
    standing = units.entry(player, table, table.indexes["by_score"]) or {}
    return Shapes(
        questions=bank.ASKED,
        messages=game.jobs,
        seconds=(game.ended - game.began) / 1000,
        players_per_shard=_SHARD,
        connection_row=game.connection_row,
        standing_row=units.item_bytes(standing),
        player_item=units.item_bytes(player),
        job_bytes=_job_bytes(here, game),
        post_bytes=round(sum(game.posts) / len(game.posts)),
        lms_message=len(work.submission("0001").encode()),
        ending_ms=round(seconds * 1000, 4),
        ending_bytes=round(most),
    )


def _job_bytes(here: Place, game: Game) -> int:
    """The largest job of a full shard: everybody's rank beside the message."""
    live = Games(here.database(), "games").fresh(bank.LIVE_QUIZ)
    standing = You(rank=10_000, score=20_000, earned=1_000, correct=True)
    names = [f"{number:08x}-89ab-4def-8123-456789abcdef" for number in range(_SHARD)]
    [job] = jobs(live, json.dumps({"type": "x" * max(game.posts)}), 0, dict.fromkeys(names, standing))
    return len(msgspec.json.encode(job))


def _one(here: Place, table: str, wanted: Any) -> Any:
    items = here.database().scan(TableName=table)["Items"]
    return max((item for item in items if wanted(item)), key=units.item_bytes)
