"""Redis, which leaderboards are shown from, and the user pool, whose tokens open WebSockets."""

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest

from tests.proofs.game_days import faults, games, issuer, process
from tests.proofs.game_days.conftest import Days
from tests.proofs.game_days.games import Played
from tests.proofs.game_days.issuer import Pool
from tests.proofs.game_days.process import Process
from tests.proofs.game_days.readings import Reading, reading
from tests.proofs.game_days.sources import Invoked, Log
from tests.stack.support import Stack, eventually

_A_MINUTE_MS = 60_000
# The function asks nobody who was not there a moment ago (handlers.cache.reading).
_BELIEVED_GONE_SECONDS = 5


@pytest.fixture
def played(stack: Stack) -> Iterator[Played]:
    with games.played(stack) as made:
        yield made


def test_redis_hangs_during_a_quiz(days: Days, stack: Stack, played: Played) -> None:
    """How far the projector is behind Lambda alone measures; here it is by the change that came with the fault."""
    viewer, projection = _Viewer(stack, played), _Projection(stack, played)

    def age() -> Iterator[Reading]:
        # Tried again and again, it is oldest at the end of a minute.
        milliseconds = 1000 * day.clock.now + _A_MINUTE_MS if projection.pending else 0
        name = stack.known["functions"]["projector"]
        yield reading("AWS/Lambda", "IteratorAge", milliseconds, FunctionName=name)

    with days("Redis hangs during a quiz", viewer.log, age) as day:
        with faults.hanging_redis():
            projection.begin()
            day.every(60, projection.go_on)
            day.every(60, viewer.look)
            day.goes_off("projector-late")
            day.goes_off("leaderboard-fallback")
        time.sleep(_BELIEVED_GONE_SECONDS)
        day.is_over()
    assert len(played.shown()) == len(games.PLAYERS) + 1


def test_redis_hangs(days: Days, stack: Stack) -> None:
    check = Invoked(stack, "health")
    with days("Redis hangs", check.log) as day:
        with faults.hanging_redis():
            # The run before was just over.
            day.every(300, lambda: day.is_told_once(check()), after=300)
            day.goes_off("checks-failing")
        day.is_over()


def test_the_certificate_of_the_user_pool_expires(days: Days, stack: Stack) -> None:
    """Functions that have fetched the keys go on with them: it is new environments that fail."""
    event: dict[str, Any] = {"methodArn": "arn", "queryStringParameters": {"token": stack.api("student").token}}
    with (
        issuer.serving(stack) as pool,
        _authorizer(stack, pool) as early,
        _authorizer(stack, pool) as late,
        days("The certificate of the user pool expires", late) as day,
    ):
        assert _lets_in(early, event)
        with pool.expired():
            # A class whose apps try again.
            day.every(60, lambda: [late.invoke(event) for _ in range(6)])
            day.goes_off("authorizer-failing")
            assert _lets_in(early, event)
        # A function that has failed to fetch the keys waits for some seconds.
        eventually(lambda: late.invoke(event).well)
        day.is_over()
        assert _lets_in(late, event)
    log = "".join(late.lines)
    assert "certificate has expired" in log
    assert event["queryStringParameters"]["token"] not in log


def _authorizer(stack: Stack, pool: Pool) -> AbstractContextManager[Process]:
    changes = {"AWS_ENDPOINT_URL": pool.url, "SSL_CERT_FILE": str(pool.trusted)}
    return process.started(stack, "authorizer", "handlers.authorizer.token", **changes)


def _lets_in(function: Process, event: dict[str, Any]) -> bool:
    answer = function.invoke(event)
    return bool(answer.well and answer.result["policyDocument"]["Statement"][0]["Effect"] == "Allow")


class _Viewer:
    """Somebody who looks at the leaderboard."""

    def __init__(self, stack: Stack, played: Played) -> None:
        self._api = stack.api("student")
        self._played = played
        self.log = Log(stack, "leaderboard")

    def look(self) -> None:
        """Everybody is on it, wherever it comes from."""
        reply = self.log.follow(lambda: self._api.call("GET", f"/leaderboard/{self._played.game_id}"))
        assert (reply.status, len(reply.body)) == (200, len(games.PLAYERS) + 1)


class _Projection:
    """A change on its way to the board. The emulator forgets a batch that failed; Lambda tries until it succeeds."""

    def __init__(self, stack: Stack, played: Played) -> None:
        self._invoke = Invoked(stack, "projector")
        self._played = played
        self._event: dict[str, Any] = {}
        self.pending = False

    def begin(self) -> None:
        """Somebody joins."""
        joined = self._played.join(games.LATE)
        change = {"SequenceNumber": "1", "ApproximateCreationDateTime": time.time(), "NewImage": joined}
        self._event = {"Records": [{"eventName": "INSERT", "eventSourceARN": "arn", "dynamodb": change}]}
        self.pending = True

    def go_on(self) -> None:
        """Hand it over once more, if it has to be."""
        if self.pending:
            self.pending = bool(self._invoke(self._event)["batchItemFailures"])
