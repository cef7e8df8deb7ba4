"""Wrong versions of the code under test, each with a mistake that one of the invariants exists for."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import structs

from adapters.dead_letters import DeadLetters
from adapters.submissions import Stored, Submissions
from handlers.queue import submissions as module
from handlers.queue.groups import Record
from handlers.queue.submissions import Handled, Processor
from quiz.errors import ConflictingSubmission, Rejected
from quiz.submissions import ScoredSubmission
from tests.proofs.environment import InlineGroups
from tests.proofs.faults import client_error


class _Unconditional:
    def __init__(self, client: Any) -> None:
        self._client = client

    def put_item(self, *, ConditionExpression: str, **request: Any) -> Any:  # noqa: N803
        return self._client.put_item(**request)


class _CheckedBefore(_Unconditional):
    def put_item(self, *, ConditionExpression: str, **request: Any) -> Any:  # noqa: N803
        key = {name: request["Item"][name] for name in ("student_id", "submission_id")}
        found = self._client.get_item(TableName=request["TableName"], Key=key)
        if "Item" in found:
            raise client_error("PutItem", "ConditionalCheckFailedException", item=found["Item"])
        return self._client.put_item(**request)


class OverwritingStore(Submissions):
    """Writes without a condition."""

    def __init__(self, client: Any, table: str) -> None:
        changed: Any = _Unconditional(client)
        super().__init__(changed, table)


class RacyStore(Submissions):
    """Looks first and writes then, so that two environments may both find nothing."""

    def __init__(self, client: Any, table: str) -> None:
        changed: Any = _CheckedBefore(client)
        super().__init__(changed, table)


class ForgivingStore(Submissions):
    """Takes a conflict for a resend."""

    def store(self, scored: ScoredSubmission) -> Stored:
        try:
            return super().store(scored)
        except ConflictingSubmission:
            return Stored.DUPLICATE


class GenerousStore(Submissions):
    """Adds a point to every score."""

    def store(self, scored: ScoredSubmission) -> Stored:
        more = structs.replace(scored.score, earned=scored.score.earned + 1)
        return super().store(structs.replace(scored, score=more))


class RaisingProcessor(Processor, frozen=True):
    """Has a record that can never succeed delivered again, instead of setting it aside."""

    def process(self, record: Record) -> Handled:
        return self._store(record)


class HastyLetters(DeadLetters):
    """De-duplicates by group instead of by message, so that a second bad record of a student is swallowed."""

    def send(self, record: Mapping[str, Any], reason: Rejected) -> None:
        super().send({**record, "messageId": record["attributes"]["MessageGroupId"]}, reason)


class HurriedGroups(InlineGroups):
    """Goes on with a group after one of its records failed."""

    def run(self, records: Iterable[Record], work: Callable[[Record], Any], in_time: Callable[[], bool]) -> Any:
        outcomes: dict[str, Any] = {}
        for record in records:
            outcomes.update(super().run([record], work, in_time))
        return outcomes


def silent_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Names no failure."""
    module.handler(event, context)
    return {"batchItemFailures": []}


def mistaken_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Names failures by their receipt handles."""
    receipts = {record["messageId"]: record["receiptHandle"] for record in event["Records"]}
    failures = module.handler(event, context)["batchItemFailures"]
    return {"batchItemFailures": [{"itemIdentifier": receipts[failure["itemIdentifier"]]} for failure in failures]}
