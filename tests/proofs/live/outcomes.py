"""What is left of a game: the table, the files of the host, and the board in Redis hold the same."""

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

import redis

from adapters import clients
from adapters.cache.scripts import TIE_DIGITS
from adapters.live.participants import read_participant
from quiz.live.participants import Participant
from quiz.live.points import TIME_RANGE, split
from tests.proofs.live.game import Game
from tests.proofs.violation import Violation


def participants(game: Game) -> dict[str, Participant]:
    """The players in the table."""
    pages = clients.make("dynamodb").get_paginator("scan").paginate(TableName=f"{game.place.prefix}participants")
    items = [item for page in pages for item in page["Items"] if item["game_id"]["S"] == game.game_id]
    return {item["participant_id"]["S"]: read_participant(item) for item in items}


def expected_order(table: Mapping[str, Participant]) -> list[Participant]:
    """Points, then time, then who came first, then the greater id; the time is in the answers."""
    here = sorted((one for one in table.values() if not one.kicked), key=lambda one: one.participant_id, reverse=True)
    return sorted(here, key=lambda one: (-one.score, _time(one), -split(one.rank_score)[1]))


def _time(player: Participant) -> int:
    return sum(record.elapsed_ms // 10 for record in player.answers.values() if record.points)


def check_export(game: Game, table: Mapping[str, Participant]) -> None:
    """The files of the host hold just the same, in the same order."""
    order = expected_order(table)
    told = json.loads(game.place.results(game.game_id, "results.json"))
    wanted = [(number, one.participant_id, one.name, one.score) for number, one in enumerate(order, 1)]
    if [tuple(one[key] for key in ("rank", "participant_id", "name", "score")) for one in told["players"]] != wanted:
        raise Violation("results.json holds other players, points or ranks")
    text = game.place.results(game.game_id, "players.csv").decode("utf-8-sig")
    sheet = [(int(row["rank"]), row["participant_id"], int(row["score"])) for row in csv.DictReader(io.StringIO(text))]
    if sheet != [(number, player, score) for number, player, _, score in wanted]:
        raise Violation("players.csv holds other players, points or ranks")
    for one in told["players"]:
        if sum(answer["points"] for answer in one["answers"].values()) != one["score"]:
            raise Violation(f"the exported answers of {one['participant_id']} are not worth {one['score']}")


def check_board(game: Game, table: Mapping[str, Participant]) -> None:
    """Redis has everybody with their points, in the order of the table; both ways of reading give the same rows."""
    order = expected_order(table)
    with redis.Redis(port=game.place.redis.port, protocol=2) as client:
        found: Any = client.zrevrange(f"{{{game.game_id}}}:ranks", 0, -1, withscores=True)
    board = [(member.decode()[TIE_DIGITS:], int(score) // TIME_RANGE) for member, score in found]
    if board != [(one.participant_id, one.score) for one in order]:
        wrong = [pair for pair in zip(board, order, strict=False) if pair[0][0] != pair[1].participant_id]
        raise Violation(f"Redis shows {len(board)} of {len(order)} players, and another order or points: {wrong[:3]}")


def read_board(game: Game, caller: str = "") -> list[dict[str, Any]]:
    """The leaderboard as a client reads it."""
    status, rows = game.world.request(
        "GET /leaderboard/{quiz_id}",
        caller or "nobody",
        pathParameters={"quiz_id": game.game_id},
        queryStringParameters={"top": "100", **({"around": "me"} if caller else {})},
        rawQueryString="top=100" + ("&around=me" if caller else ""),
    )
    if status != 200:
        raise Violation(f"the leaderboard answered {status}: {rows}")
    return list(rows)
