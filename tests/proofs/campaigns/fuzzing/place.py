"""Where the functions find themselves: tables, queues and topics made by moto, a Redis, and a clock that is ours."""

import io
import itertools
import os
import random
import uuid
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, redirect_stdout
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from aws_lambda_powertools.metrics.provider.cloudwatch_emf import cloudwatch
from botocore.client import BaseClient
from moto import mock_aws
from moto.dynamodb.responses import DynamoHandler

from adapters import media, tokens
from adapters.live import opening, posting, times
from adapters.live.posting import Answer, Outcome, Posting
from handlers.queue import groups, submissions
from handlers.scheduler import broadcast, clock
from handlers.tables import results
from tests.proofs.campaigns.fuzzing import bank, passports, wiring

_services = itertools.count()


class Heard:
    """Every call of an AWS client, and every post to a connection, since it was last forgotten."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.posts: list[bytes] = []
        self.lines = io.StringIO()

    def forget(self) -> None:
        self.calls.clear()
        self.posts.clear()
        self.lines.seek(0)
        self.lines.truncate()

    def bodies(self, queue: str) -> list[str]:
        """What was sent to a queue."""
        sent = (parameters for name, parameters in self.calls if name == "SendMessage")
        return [each["MessageBody"] for each in sent if each["QueueUrl"].endswith(f"/{queue}")]


class Time:
    """The time of live quizzes; who sleeps lets it pass."""

    def __init__(self) -> None:
        self.ms = 1_790_000_000_000

    def time_ns(self) -> int:
        return self.ms * 1_000_000

    def sleep(self, seconds: float) -> None:
        self.ms += round(seconds * 1000)


class _InTurn(ThreadPoolExecutor):
    """Runs what it is given at once, so that a run can be repeated; and moto is not made for threads."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  # as a thread would
            done.set_exception(error)
        return done


@contextmanager
def furnished(seed: str, redis_port: int) -> Iterator[tuple[Heard, Time]]:
    """A platform that nobody has used, in which chance follows the seed."""
    heard, time = Heard(), Time()
    with pytest.MonkeyPatch.context() as patch, mock_aws():
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            patch.delenv(name)
        for name, value in {**wiring.variables(redis_port), "POWERTOOLS_SERVICE_NAME": f"f{next(_services)}"}.items():
            patch.setenv(name, value)
        # Other proofs put an environment and silence in their places.
        patch.setattr(submissions, "bootstrap", wiring.OWN_BOOTSTRAP)
        patch.setattr(cloudwatch, "print", print, raising=False)
        _fix_chance(patch, seed, time)
        client: Any = boto3.client("dynamodb")
        wiring.build(client)
        bank.fill(client)
        _listen(patch, heard)
        wiring.forget(redis_port)
        try:
            with redirect_stdout(heard.lines):
                yield heard, time
        finally:
            wiring.forget(redis_port)


def _fix_chance(patch: pytest.MonkeyPatch, seed: str, time: Time) -> None:
    ids = random.Random(f"{seed} ids")
    patch.setattr(uuid, "uuid4", lambda: uuid.UUID(int=ids.getrandbits(128), version=4))
    own = SimpleNamespace(token_hex=lambda size: f"{ids.getrandbits(8 * size):0{2 * size}x}", randbelow=ids.randrange)
    patch.setattr(opening, "secrets", own)
    patch.setattr(media, "secrets", own)
    patch.setattr(random, "SystemRandom", lambda: random.Random(f"{seed} draws"))
    patch.setattr(times, "time", time)
    patch.setattr(clock, "time", time)
    for module in (groups, clock, broadcast, results):
        patch.setattr(module, "ThreadPoolExecutor", _InTurn)
    patch.setattr("adapters.transactions.time", SimpleNamespace(sleep=time.sleep))
    patch.setattr("adapters.practice.batches.time", SimpleNamespace(sleep=time.sleep))
    patch.setattr(tokens, "_fetch", lambda url: passports.published())
    # Unlike AWS, moto leaves out of UPDATED_NEW what was set to the value that it had.
    patch.setattr(DynamoHandler, "_build_updated_new_attributes", lambda self, before, after: after)


def _listen(patch: pytest.MonkeyPatch, heard: Heard) -> None:
    call = BaseClient._make_api_call  # type: ignore[attr-defined]

    def make(client: Any, operation: str, parameters: dict[str, Any]) -> Any:
        heard.calls.append((operation, parameters))
        return call(client, operation, parameters)

    def ask(_: Posting, method: str, connection_id: str, data: bytes) -> Answer:
        heard.posts.append(data)
        gone = connection_id.endswith("0=")
        return Answer(Outcome.GONE, 410) if gone else Answer(posting._meaning(200), 200)

    patch.setattr(BaseClient, "_make_api_call", make)
    patch.setattr(Posting, "_ask", ask)
