"""The submissions table: one conditional write stores a result once, however often it arrives."""

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from adapters.correlation import correlation_id
from adapters.failures import as_unavailable
from adapters.items import to_item
from quiz.errors import ConflictingSubmission
from quiz.submissions import ScoredSubmission
from quiz.times import timestamp

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_NOT_THERE = "attribute_not_exists(submission_id)"
_UNKNOWN_IDS_KEPT = 20


class Stored(StrEnum):
    """What became of a submission that was scored."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"


class Submissions:
    """Results of LMS submissions, keyed by student and submission id."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def store(self, scored: ScoredSubmission) -> Stored:
        """Store the result, or recognise it. The condition decides, so resends, retries and races are all alike."""
        try:
            with as_unavailable():
                self._client.put_item(
                    TableName=self._table,
                    Item=to_item(_attributes(scored)),
                    ConditionExpression=_NOT_THERE,
                    ReturnValuesOnConditionCheckFailure="ALL_OLD",
                )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
            return _recognise(error.response, scored)
        return Stored.ACCEPTED


def _recognise(response: Any, scored: ScoredSubmission) -> Stored:
    submission = scored.submission
    if response["Item"]["fingerprint"]["S"] == submission.fingerprint:
        return Stored.DUPLICATE
    raise ConflictingSubmission(
        f"submission {submission.submission_id!r} of student {submission.student_id!r} is stored with other answers"
    )


def _attributes(scored: ScoredSubmission) -> dict[str, Any]:
    submission, score = scored.submission, scored.score
    return {
        "student_id": submission.student_id,
        "submission_id": submission.submission_id,
        "quiz_id": submission.quiz_id,
        "quiz_version": scored.quiz_version,
        "submitted_at": timestamp(submission.submitted_at),
        "scored_at": timestamp(scored.scored_at),
        "fingerprint": submission.fingerprint,
        "answers": submission.answers_json,
        "score": score.earned,
        "max_score": score.possible,
        "percentage": score.percentage,
        "shares": score.shares,
        "unknown_questions": score.unknown[:_UNKNOWN_IDS_KEPT],
        "unknown_count": len(score.unknown),
        # Whoever reads this change goes on under it; outside of an invocation there is none.
        "correlation_id": correlation_id() or None,
    }
