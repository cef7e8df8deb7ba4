"""Reading the leaderboard of a live quiz, by the number of players, against a bare ZREVRANGE of as many rows."""

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from redis import Redis

from adapters.cache.connecting import RedisSettings, client
from adapters.cache.places import Place
from adapters.live.board import Board
from quiz.live.points import rank, tie
from tools.bench import plots
from tools.bench.curves import growth
from tools.leaderboard import scratch
from tools.report import Row, Section

SIZES = (1_000, 10_000, 100_000, 1_000_000)
_MOST_TIMES_A_BARE_RANGE = 2.0
_MOST_GROWTH = 2.0

_ROUNDS, _READS_IN_A_ROUND = 15, 100
_NOW = 1_790_000_000_000

_ABOUT = f"""\
Boards of so many players in one Redis on this machine, read through the platform's adapter, with names and ranks; and
beside it `ZREVRANGE … WITHSCORES` of as many rows through the same client, which is the least that any leaderboard
takes. Medians of {_ROUNDS} rounds of {_READS_IN_A_ROUND} reads, in which all sizes take turns. Around a player are five
above and five below; both together are a hundred rows at most."""


class Read(NamedTuple):
    """One way to read a board, and the bare range of as many rows; both of one size."""

    ours: Callable[[], object]
    bare: Callable[[], object]


def sections(_: Path | None) -> list[Section]:
    """Flat, but for the depth of a sorted set."""
    with scratch.server() as port:
        redis = client(RedisSettings(redis_host="127.0.0.1", redis_port=port))
        boards = {size: _reads(redis, size) for size in SIZES}
        costs = {what: _costs({size: reads[what] for size, reads in boards.items()}) for what in boards[SIZES[0]]}
    table = growth.Table("players", SIZES)
    rows: list[Row] = []
    for what, (ours, bare) in costs.items():
        times = {size: ours[size] / bare[size] for size in SIZES}
        rows.append(table.flat(f"{what}, ms", ours, _MOST_GROWTH))
        rows.append(table.capped(f"{what}, times a bare ZREVRANGE", times, _MOST_TIMES_A_BARE_RANGE))
    bare_best = costs["the best hundred"][1]
    picture = plots.draw(
        "leaderboard",
        "Live quiz: reading the leaderboard",
        plots.Scales("players", "milliseconds"),
        [
            *(plots.Line(what, ours) for what, (ours, _) in costs.items()),
            plots.Line("bare ZREVRANGE", bare_best, is_reference=True),
        ],
    )
    return [Section("Leaderboard", _ABOUT, table.columns, tuple(rows), (picture,))]


def _reads(redis: Redis, size: int) -> dict[str, Read]:
    """Fill a board, and tell how it is read."""
    game_id, board = f"game-{size:020d}", Board(lambda: redis)
    board.write(
        Place(game_id, f"player-{number:06d}", f"Player {number}", rank(number, number % 5000), tie(_NOW, "p"))
        for number in range(size)
    )
    board.complete(game_id)
    key, me, middle = f"{{{game_id}}}:ranks", f"player-{size // 3:06d}", size // 2

    def bare(first: int, last: int) -> Callable[[], object]:
        return lambda: redis.zrevrange(key, first, last, withscores=True)

    return {
        "the best hundred": Read(_checked(lambda: board.read(game_id, None, 100, 5), rows=100), bare(0, 99)),
        "around me": Read(_checked(lambda: board.read(game_id, me, 0, 5), rows=11), bare(middle, middle + 10)),
        "both": Read(_checked(lambda: board.read(game_id, me, 100, 5), rows=100), bare(0, 99)),
    }


def _checked(read: Callable[[], Any], rows: int) -> Callable[[], object]:
    found = read()
    if found is None or len(found) != rows:
        raise AssertionError(f"{found and len(found)} rows instead of {rows}")
    return read


def _costs(reads: dict[int, Read]) -> tuple[dict[int, float], dict[int, float]]:
    """Milliseconds of one read by size: ours and the bare range."""
    rounds = [{size: (_time(read.ours), _time(read.bare)) for size, read in reads.items()} for _ in range(_ROUNDS)]
    ours = {size: median(one[size][0] for one in rounds) for size in reads}
    return ours, {size: median(one[size][1] for one in rounds) for size in reads}


def _time(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    for _ in range(_READS_IN_A_ROUND):
        work()
    return (time.perf_counter() - begun) / _READS_IN_A_ROUND * 1000
