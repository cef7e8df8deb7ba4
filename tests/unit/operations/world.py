"""The tables that are reconciled, the marks of what was announced, and a cache that shows what it is told to."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from typing import Any

import botocore.session
import pytest

from adapters.live.participants import participant_item
from adapters.operations import inspection
from handlers.scheduler import reconcile
from quiz.live.participants import Participant
from quiz.operations.announcing import START
from quiz.operations.boards import standing_of
from quiz.times import timestamp
from tests.unit.builders import PLENTY_OF_TIME_MS, context, fill_bank
from tests.unit.operations.rows import Item

KEYS = {
    "announcements": ("result",),
    "participants": ("participant_id", "game_id"),
    "questions": ("question_id",),
    "quizzes": ("quiz_id",),
    "results": ("quiz_id",),
    "submissions": ("student_id", "submission_id"),
}
FUNCTION = "arn:aws:lambda:eu-central-1:123456789012:function:quiz-leaderboard:live"


@cache
def _client(service: str) -> Any:
    """Made once: that takes longer than most of what it is used for."""
    return botocore.session.Session().create_client(service)


def ago(**time: float) -> datetime:
    return datetime.now(UTC) - timedelta(**time)


class Cache:
    """Lambda, as far as the function beside the cache goes: boards that a test fills, and troubles."""

    def __init__(self) -> None:
        self.boards: dict[str, dict[str, int]] = {}
        self.incomplete: set[str] = set()
        self.reachable = True
        self.asked: list[dict[str, Any]] = []
        self.before: Callable[[], None] = lambda: None

    def show(self, *players: Participant) -> None:
        """Players as the projector writes them."""
        for one in players:
            self.boards.setdefault(one.game_id, {})[one.participant_id] = standing_of(one).rank

    def invoke(self, FunctionName: str, Payload: bytes) -> Any:  # noqa: N803
        assert FunctionName == FUNCTION
        asked = json.loads(Payload)["inspect"]
        self.asked.append(asked)
        self.before()
        games = set(asked["games"]) | (set(self.boards) if asked["drawn"] else set())
        boards = {
            game: {
                "complete": game not in self.incomplete,
                "ranks": {
                    name: rank
                    for name, rank in self.boards[game].items()
                    if asked["drawn"] or name in asked["games"][game]
                },
            }
            for game in games & set(self.boards)
        }
        told = {"reachable": self.reachable, "milliseconds": 1, "boards": boards if self.reachable else {}}
        return {"Payload": BytesIO(json.dumps(told).encode())}


class World:
    """Everything is right until a test spoils it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.cache = Cache()
        self.slept: list[float] = []
        self.asleep: Callable[[], None] = lambda: None
        self.client: Any = _client("dynamodb")
        for table, keys in KEYS.items():
            self._create(table, keys)
            monkeypatch.setenv(f"{table.upper()}_TABLE", table)
        monkeypatch.setenv("LEADERBOARD_FUNCTION", FUNCTION)
        monkeypatch.setattr(inspection, "client", lambda: self.cache)
        monkeypatch.setattr("handlers.scheduler.reconcile.time.sleep", self._sleep)
        self.put("announcements", {"result": {"S": START}, "since": {"S": timestamp(ago(days=30))}})

    def put(self, table: str, *items: Item) -> None:
        for item in items:
            self.client.put_item(TableName=table, Item=item)

    def change(self, table: str, item: Item, **attributes: Any) -> Item:
        """Spoil an item by hand."""
        changed = {**item, **attributes}
        self.put(table, changed)
        return changed

    def play(self, *players: Participant) -> None:
        """Put players into the table and onto their board."""
        self.put("participants", *map(participant_item, players))
        self.cache.show(*players)

    def mark(self, *results: str) -> None:
        for result in results:
            self.put("announcements", {"result": {"S": result}, "expires_at": {"N": "9999999999"}})

    def bank(self, definition: Any) -> None:
        fill_bank(self.client, definition)

    def run(self, remaining_ms: int = PLENTY_OF_TIME_MS) -> None:
        reconcile.handler({}, context(remaining_ms))

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.asleep()

    def _create(self, table: str, keys: tuple[str, ...]) -> None:
        self.client.create_table(
            TableName=table,
            KeySchema=[{"AttributeName": k, "KeyType": t} for k, t in zip(keys, ("HASH", "RANGE"), strict=False)],
            AttributeDefinitions=[{"AttributeName": k, "AttributeType": "S"} for k in keys],
            BillingMode="PAY_PER_REQUEST",
        )


class Told:
    """What a run has written to its log."""

    def __init__(self, out: str) -> None:
        self.text = out
        self._lines = [json.loads(line) for line in out.splitlines()]

    def metrics(self) -> dict[str, float]:
        return {
            each["Name"]: line[each["Name"]][0]
            for line in self._lines
            if "_aws" in line
            for each in line["_aws"]["CloudWatchMetrics"][0]["Metrics"]
        }

    def errors(self, message: str) -> list[dict[str, Any]]:
        return [line for line in self._lines if line.get("level") == "ERROR" and line["message"] == message]
