"""The analytics table, empty, with every call of the functions on record."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import botocore.session
import pytest

from handlers.api import analytics
from tests.unit.builders import Calls, watch_clients

_INCLUDED = ["answered", "correct", "sum_ability", "sum_ability_correct", "sum_ability_squared"]
_ENVIRONMENT = {
    "ANALYTICS_TABLE": "the-analytics",
    "ANNOUNCEMENTS_TABLE": "the-announcements",
    "EVENT_BUS_NAME": "the-bus",
    "PROGRESS_TABLE": "the-progress",
    "RESULTS_BUCKET": "the-bucket",
    "RESULTS_TABLE": "the-results",
    "SUBMISSIONS_TABLE": "the-submissions",
}


@cache
def _session() -> botocore.session.Session:
    return botocore.session.Session()


@pytest.fixture(autouse=True)
def new_routes(new_environment: None) -> Iterator[None]:
    yield
    analytics.bootstrap.cache_clear()


@pytest.fixture
def table(aws: None, calls: Calls, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A client that nobody watches; a transaction loses no time between its tries."""
    for name, value in _ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("adapters.transactions.time.sleep", lambda seconds: None)
    client: Any = _session().create_client("dynamodb")
    client.create_table(
        TableName="the-analytics",
        KeySchema=_schema("subject", "hour"),
        AttributeDefinitions=[
            {"AttributeName": name, "AttributeType": "S"} for name in ("subject", "hour", "category")
        ],
        GlobalSecondaryIndexes=[
            {
                "IndexName": "by_category",
                "KeySchema": _schema("category", "subject"),
                "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": _INCLUDED},
            }
        ],
        BillingMode="PAY_PER_REQUEST",
    )
    watch_clients(calls, monkeypatch)
    return client


def _schema(*names: str) -> Any:
    return [{"AttributeName": name, "KeyType": kind} for name, kind in zip(names, ("HASH", "RANGE"), strict=True)]
