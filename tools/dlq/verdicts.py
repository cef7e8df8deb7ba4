"""Whether a submission would be scored if it were sent again now, by the very code that would score it."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Self

from msgspec import Struct

from adapters.definitions import Definitions
from quiz.errors import ConflictingSubmission, Rejected, Unavailable, UnknownQuiz
from quiz.submissions import Submission, evaluate, parse
from tools.deployed import Deployed


class Fate(StrEnum):
    """What would become of it."""

    SCORED = "would be scored now"
    STORED = "is stored already; sent again it changes nothing"
    REFUSED = "would be refused again"
    OPEN = "cannot be told"


class Verdict(Struct, frozen=True):
    """What would become of a submission, and why."""

    fate: Fate
    reason: str = ""


class Judge:
    """Reads the bank and the results, and writes nothing."""

    def __init__(self, dynamodb: Any, quizzes: str, questions: str, submissions: str) -> None:
        self._dynamodb = dynamodb
        self._definitions = Definitions(dynamodb, quizzes, questions)
        self._submissions = submissions

    @classmethod
    def of(cls, deployed: Deployed) -> Self:
        """The judge of an environment."""
        tables = deployed.output("tables")
        return cls(deployed.client("dynamodb"), tables["quizzes"], tables["questions"], tables["submissions"])

    def verdict(self, body: str) -> Verdict:
        """What would become of it."""
        try:
            submission = parse(body)
            if (stored := self._stored(submission)) is not None:
                return stored
            return self._scored(submission)
        except Rejected as error:
            return Verdict(Fate.REFUSED, f"{error.code}: {error}")
        except Unavailable as error:
            return Verdict(Fate.OPEN, f"the bank did not answer: {error}")

    def _scored(self, submission: Submission) -> Verdict:
        try:
            evaluate(submission, self._definitions.get(submission.quiz_id), datetime.now(UTC))
        except UnknownQuiz:
            if submission.correct_answers:
                return Verdict(Fate.OPEN, "it brings its own key, which counts only where trust_inline_keys is set")
            raise
        return Verdict(Fate.SCORED)

    def _stored(self, submission: Submission) -> Verdict | None:
        found = self._dynamodb.get_item(
            TableName=self._submissions,
            Key={"student_id": {"S": submission.student_id}, "submission_id": {"S": submission.submission_id}},
            ProjectionExpression="fingerprint",
            ConsistentRead=True,
        )
        if "Item" not in found:
            return None
        if found["Item"]["fingerprint"]["S"] == submission.fingerprint:
            return Verdict(Fate.STORED)
        return Verdict(Fate.REFUSED, f"{ConflictingSubmission.code}: stored with other answers")
