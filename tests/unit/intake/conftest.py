"""The environment of the intake's function with an empty ledger."""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

import botocore.session
import pytest

from handlers.intake import ledger
from tests.unit.builders import Calls, watch_clients
from tests.unit.intake.support import TABLE

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@cache
def _client(service: str) -> Any:
    """Made once: that takes longer than most of what it is used for."""
    return botocore.session.Session().create_client(service)


@pytest.fixture(autouse=True)
def new_function(new_environment: None) -> Iterator[None]:
    yield
    ledger.bootstrap.cache_clear()


@pytest.fixture
def database(aws: None) -> "DynamoDBClient":
    """The table, empty, behind a client whose calls are not counted."""
    client: DynamoDBClient = _client("dynamodb")
    client.create_table(
        TableName=TABLE,
        KeySchema=[
            {"AttributeName": "request_id", "KeyType": "HASH"},
            {"AttributeName": "timestamp", "KeyType": "RANGE"},
        ],
        AttributeDefinitions=[
            {"AttributeName": "request_id", "AttributeType": "S"},
            {"AttributeName": "timestamp", "AttributeType": "S"},
        ],
        BillingMode="PAY_PER_REQUEST",
    )
    return client


@pytest.fixture
def intake(database: "DynamoDBClient", calls: Calls, monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Every call of the function's own client."""
    monkeypatch.setenv("REQUESTS_TABLE", TABLE)
    watch_clients(calls, monkeypatch)
    return calls
