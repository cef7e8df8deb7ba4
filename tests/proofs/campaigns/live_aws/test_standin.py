"""The stand-in answers as the emulator does: the same calls, by chance, to both."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from botocore.client import BaseClient
from botocore.config import Config
from botocore.exceptions import ClientError

from adapters import clients
from adapters.items import from_item
from tests.proofs.campaigns.live_aws.any_calls import MAKERS
from tests.proofs.campaigns.live_aws.database import Database
from tests.proofs.live.servers import running_emulator
from tests.unit.live.tables import create
from tools.stack import emulator

CALLS = 600


@pytest.fixture
def real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    with running_emulator(tmp_path) as url:
        for name, value in {**emulator.credentials(url), "AWS_DEFAULT_REGION": emulator.REGION}.items():
            monkeypatch.setenv(name, value)
        clients.create.cache_clear()
        # A call that is made twice, because the machine was busy, would be told something else.
        yield clients.make("dynamodb", Config(read_timeout=60))
        clients.create.cache_clear()


def told(call: Callable[[], Any]) -> Any:
    """What is answered, in an order of its own, or what is refused."""
    try:
        answered = call()
    except ClientError as error:
        response: Any = error.response
        reasons = [(one["Code"], plain(one.get("Item"))) for one in response.get("CancellationReasons", ())]
        return response["Error"]["Code"], plain(response.get("Item")), reasons
    found = [plain(item) for item in answered.get("Items", ())]
    last, attributes = plain(answered.get("LastEvaluatedKey")), plain(answered.get("Attributes"))
    return found, plain(answered.get("Item")), attributes, answered.get("Count"), last


def plain(item: Any) -> Any:
    return from_item(item) if item else None


def both_tell_the_same(real: Any, ours: Database, operation: str, wanted: dict[str, Any]) -> None:
    method: Any = BaseClient._make_api_call  # type: ignore[attr-defined]
    by_emulator = told(lambda: method(real, operation, wanted))
    assert told(lambda: ours.call(operation, wanted)) == by_emulator, (operation, wanted)


def test_both_answer_the_same(real: Any) -> None:
    ours, chance = Database(), Random(1)

    class Client:
        def create_table(self, **wanted: Any) -> None:
            ours.call("CreateTable", wanted)

    create(real, "participants")
    create(Client(), "participants")
    for _ in range(CALLS):
        operation, wanted = chance.choice(MAKERS)(chance)
        if operation != "TransactWriteItems":
            wanted = {"TableName": "participants", **wanted}
        both_tell_the_same(real, ours, operation, wanted)
    both_tell_the_same(real, ours, "Scan", {"TableName": "participants"})
