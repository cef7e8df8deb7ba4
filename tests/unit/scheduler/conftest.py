"""The environments of the clock's function and of the broadcast workers', each in a world of its own."""

from collections.abc import Iterator
from typing import Any

import pytest

from adapters.live import queues, winners
from handlers.scheduler import broadcast
from tests.unit.builders import Calls, watch_clients
from tests.unit.scheduler import places
from tests.unit.scheduler.endpoint import Endpoint, serving
from tests.unit.scheduler.workers import Workers
from tests.unit.scheduler.world import World, forget, made

_CACHED: tuple[Any, ...] = (queues.client, winners.client)


@pytest.fixture(autouse=True)
def new_scheduler(new_environment: None) -> Iterator[None]:
    yield
    forget()
    for cached in _CACHED:
        cached.cache_clear()


@pytest.fixture
def world(aws: None, monkeypatch: pytest.MonkeyPatch) -> World:
    return World(monkeypatch)


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with serving() as started:
        yield started


@pytest.fixture
def workers(aws: None, endpoint: Endpoint, calls: Calls, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workers]:
    """Workers that post to the endpoint, and whose calls to AWS are heard."""
    for name, value in places.SETTINGS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_REGION", places.REGION)
    # For posts alone: everything else goes to moto.
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint.url)
    monkeypatch.setenv("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")
    places.build(made)
    watch_clients(calls, monkeypatch)
    yield Workers(calls)
    broadcast.bootstrap().posting.close()
    broadcast.bootstrap().pool.shutdown()
    broadcast.bootstrap.cache_clear()
