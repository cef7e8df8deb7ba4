"""A world for each test, in which nobody waits."""

from collections.abc import Iterator

import pytest

from adapters.alerts import webhook
from tests.unit.alarms_handler.hook import Hook, serving
from tests.unit.alarms_handler.world import CACHED, World


@pytest.fixture(autouse=True)
def new_notify(new_environment: None) -> Iterator[None]:
    yield
    for cached in CACHED:
        cached.cache_clear()


@pytest.fixture
def hook() -> Iterator[Hook]:
    with serving() as started:
        yield started


@pytest.fixture
def world(aws: None, hook: Hook, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(webhook, "_PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(webhook, "_ANSWER_SECONDS", 0.2)
    return World(hook, monkeypatch)
