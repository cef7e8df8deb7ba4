"""Several items in one write, all or none."""

import random
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from adapters.failures import as_unavailable
from quiz.errors import Unavailable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_LONGEST_PAUSE_SECONDS = 0.1

# Reasons that pass; botocore tries none of them again.
_PASSING = {"ProvisionedThroughputExceeded", "ThrottlingError", "TransactionConflict"}


def transact(client: "DynamoDBClient", actions: Sequence[Any]) -> dict[int, Mapping[str, Any]]:
    """Write. What is returned is empty if everything is written; else nothing is, and it tells why not.

    By its position, each action whose condition failed, with the item that it met if it asked for that.
    """
    refused = _attempt(client, actions)
    if refused is None:
        time.sleep(random.uniform(0, _LONGEST_PAUSE_SECONDS))  # noqa: S311  # spreads callers, guards nothing
        refused = _attempt(client, actions)
    if refused is None:
        raise Unavailable("another write was in the way, twice")
    return refused


def _attempt(client: "DynamoDBClient", actions: Sequence[Any]) -> dict[int, Mapping[str, Any]] | None:
    """What `transact` returns, or None where another try may succeed."""
    try:
        with as_unavailable():
            client.transact_write_items(TransactItems=actions)
    except ClientError as error:
        if error.response["Error"]["Code"] != "TransactionCanceledException":
            raise
        response: Any = error.response
        # By position, one for each action; those that would have gone through say "None".
        reasons = list(enumerate(response["CancellationReasons"]))
        refused = {i: reason.get("Item", {}) for i, reason in reasons if reason["Code"] == "ConditionalCheckFailed"}
        codes = {reason["Code"] for _, reason in reasons} - {"None"}
        if not refused and not codes <= _PASSING:
            raise
        return refused or None
    return {}
