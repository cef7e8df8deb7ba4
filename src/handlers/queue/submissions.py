"""Scores what an LMS posted to the submissions queue and stores each result exactly once."""

import os
import time
from collections.abc import Sequence
from contextvars import Context, copy_context
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any

from msgspec import Struct

from adapters import dead_letters, dynamo, settings
from adapters.clients import time_for_a_call
from adapters.correlation import about
from adapters.dead_letters import DeadLetters
from adapters.definitions import Definitions
from adapters.observability import conclude, count, instrumented, logger, measure_all
from adapters.submissions import Stored, Submissions
from handlers.queue.groups import Groups, Record
from quiz.errors import Rejected
from quiz.inline import inline_definition
from quiz.operations.canary import STUDENT_ID
from quiz.submissions import evaluate, parse


class Settings(Struct, frozen=True):
    """Environment variables of the function."""

    quizzes_table: str
    questions_table: str
    submissions_table: str
    dead_letter_queue_url: str
    trust_inline_keys: bool = False


class Outcome(StrEnum):
    """What became of a record that need not be delivered again."""

    ACCEPTED = Stored.ACCEPTED
    DUPLICATE = Stored.DUPLICATE
    QUARANTINED = "quarantined"


class Handled(Struct, frozen=True):
    """A record that need not be delivered again."""

    outcome: Outcome
    age_ms: float
    # Of a new score.
    percentage: float | None
    # What the work was about.
    context: Context


class Processor(Struct, frozen=True):
    """One record in, what became of it out."""

    definitions: Definitions
    submissions: Submissions
    dead_letters: DeadLetters
    trust_inline_keys: bool

    def process(self, record: Record) -> Handled:
        """Store the record's result or set the record aside; raise if it should be delivered again."""
        try:
            return self._store(record)
        except Rejected as reason:
            logger().warning("submission quarantined", error_code=reason.code, reason=str(reason))
            self.dead_letters.send(record, reason)
            return Handled(Outcome.QUARANTINED, _age_ms(record), None, copy_context())

    def _store(self, record: Record) -> Handled:
        submission = parse(record["body"])
        about(quiz_id=submission.quiz_id, submission_id=submission.submission_id)
        if self.trust_inline_keys and submission.correct_answers:
            definition = inline_definition(submission.quiz_id, submission.correct_answers)
        else:
            definition = self.definitions.get(submission.quiz_id)
        scored = evaluate(submission, definition, datetime.now(UTC))
        stored = self.submissions.store(scored)
        is_new = stored is Stored.ACCEPTED and submission.student_id != STUDENT_ID
        percentage = float(scored.score.percentage) if is_new else None
        return Handled(Outcome(stored), _age_ms(record), percentage, copy_context())


@cache
def bootstrap() -> tuple[Processor, Groups]:
    """Everything that lives as long as the environment does."""
    configured = settings.read(Settings, os.environ)
    processor = Processor(
        definitions=Definitions(dynamo.client(), configured.quizzes_table, configured.questions_table),
        submissions=Submissions(dynamo.client(), configured.submissions_table),
        dead_letters=DeadLetters(dead_letters.client, configured.dead_letter_queue_url),
        trust_inline_keys=configured.trust_inline_keys,
    )
    return processor, Groups()


@instrumented
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """A partial batch response: only what should come again is named, by ids that came in."""
    processor, groups = bootstrap()
    records = groups.run(event["Records"], processor.process, in_time=time_for_a_call(context))
    failed = [message_id for message_id, handled in records.items() if handled is None]
    _report([handled for handled in records.values() if handled], failed)
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}


def _report(records: Sequence[Handled], failed: list[str]) -> None:
    """After all the work: whoever writes a line lets others go first, and here they would change places at each."""
    for handled in records:
        if handled.outcome is not Outcome.QUARANTINED:
            handled.context.run(logger().info, "submission scored", result=handled.outcome)
    outcomes = [handled.outcome for handled in records]
    counts = {str(outcome): outcomes.count(outcome) for outcome in Outcome}
    for outcome, number in counts.items():
        count(f"Submissions{outcome.capitalize()}", number)
    measure_all("SubmissionAge", "Milliseconds", [handled.age_ms for handled in records])
    measure_all("SubmissionScore", "Percent", [each.percentage for each in records if each.percentage is not None])
    if not failed and counts[Outcome.QUARANTINED]:
        conclude("rejected")
    count("BatchItemFailures", len(failed))
    logger().info("batch done", extra={**counts, "failed": len(failed)})


def _age_ms(record: Record) -> float:
    return time.time() * 1000 - float(record["attributes"]["SentTimestamp"])
