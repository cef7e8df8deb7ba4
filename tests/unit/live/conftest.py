"""The tables of live quizzes, with one quiz in the bank, and a clock that a test turns."""

from functools import cache
from typing import TYPE_CHECKING, Any

import botocore.session
import pytest
from moto.dynamodb.responses import DynamoHandler

from adapters.definitions import Definitions
from adapters.live import times
from adapters.live.games import Games
from adapters.live.joining import Joining
from adapters.live.opening import Opening
from adapters.live.players import Players
from adapters.live.turns import Turns
from tests.unit.builders import Calls, fill_bank
from tests.unit.live.support import NOW, live_definition
from tests.unit.live.tables import TABLES, create

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class Clock:
    """The server's clock, in milliseconds, wherever it is read."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> int:
        return self.now

    def time_ns(self) -> int:
        return self.now * 1_000_000


@cache
def _session() -> botocore.session.Session:
    return botocore.session.Session()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    turned = Clock()
    monkeypatch.setattr(times, "time", turned)
    return turned


@pytest.fixture
def live(aws: None, calls: Calls, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> "DynamoDBClient":
    """Every table, behind a client whose calls are on record."""
    client: Any = _session().create_client("dynamodb")
    # Unlike AWS, moto leaves out of UPDATED_NEW what was given the value that it had.
    monkeypatch.setattr(DynamoHandler, "_build_updated_new_attributes", lambda _, original, changed: changed)
    for name in TABLES:
        create(client, name)
    fill_bank(client, live_definition())
    calls.watch(client)
    return client  # type: ignore[no-any-return]


@pytest.fixture
def games(live: "DynamoDBClient", clock: Clock) -> Games:
    return Games(live, "games", clock)


@pytest.fixture
def turns(live: "DynamoDBClient", clock: Clock) -> Turns:
    return Turns(live, "games", clock)


def opening_of(client: "DynamoDBClient", clock: Clock) -> Opening:
    """As another environment would make it."""
    definitions = Definitions(client, "quizzes", "questions")
    return Opening(client, "games", definitions, Games(client, "games", clock), clock)


@pytest.fixture
def opening(live: "DynamoDBClient", clock: Clock) -> Opening:
    return opening_of(live, clock)


@pytest.fixture
def joining(live: "DynamoDBClient") -> Joining:
    return Joining(live, "participants", "games")


@pytest.fixture
def players(live: "DynamoDBClient") -> Players:
    return Players(live, "participants")
