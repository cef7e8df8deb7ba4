"""What an LMS posts: one student's answers to one quiz. This module is the contract, version 1."""

from datetime import datetime
from functools import cached_property
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct, structs

from quiz import answers
from quiz.answers import Answers
from quiz.errors import InvalidInput, TooLarge, UnsupportedVersion
from quiz.fields import Id
from quiz.parsing import decode, decoder, utf8
from quiz.questions import Definition
from quiz.scoring import Score, score
from quiz.times import timestamp

# The queue takes 252 KB and its dead-letter queue 256 KB: a body of this size still fits into both together with the
# reason for which it was set aside, so it can be moved there and back.
MAX_BYTES = 248 * 1024
SCHEMA_VERSION = 1


class Submission(Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """A quiz submission as an LMS posts it to the queue (schema version 1)."""

    schema_version: Literal[1]
    submission_id: Annotated[Id, Meta(description="Yours, unique per student; sending it again is harmless.")]
    student_id: Annotated[Id, Meta(description="Also the MessageGroupId.")]
    quiz_id: Id
    answers: Answers
    submitted_at: Annotated[datetime, Meta(tz=True, description="RFC 3339 with a zone.")]
    correct_answers: Annotated[
        dict[Annotated[str, Meta(min_length=1, max_length=128)], Any] | None,
        Meta(description="An inline key. Ignored unless the environment sets trust_inline_keys."),
    ] = None

    @cached_property
    def answers_json(self) -> str:
        """The answers in one spelling, whatever the order of keys and the form of numbers they came in."""
        return answers.to_json(self.answers)

    @property
    def fingerprint(self) -> str:
        """Equal for a resend, different for other answers or another quiz under the same id."""
        return answers.fingerprint(self.quiz_id, self.answers_json)


class ScoredSubmission(Struct, frozen=True):
    """A submission with its score: what is stored once and announced once."""

    submission: Submission
    score: Score
    quiz_version: int
    scored_at: datetime


class _Envelope(Struct):
    """Only what tells the versions apart."""

    schema_version: int


_submission = decoder(Submission)
_envelope = msgspec.json.Decoder(_Envelope)


def parse(body: str) -> Submission:
    """Read a message body, or raise a Rejected that says what is wrong and where."""
    raw = utf8(body)
    try:
        submission = decode(raw, _submission, MAX_BYTES)
    except InvalidInput:
        _refuse_other_version(raw)
        raise
    canonical = structs.replace(submission, answers=answers.canonical(submission.answers))
    # One spelling for equal numbers can be longer than the one that came: 1e40 has 41 digits.
    if len(canonical.answers_json.encode()) > MAX_BYTES:
        raise TooLarge(f"the answers have more than {MAX_BYTES} bytes when their numbers are written out")
    _refuse_unwritable(submission.submitted_at)
    return canonical


def evaluate(submission: Submission, definition: Definition, now: datetime) -> ScoredSubmission:
    """Score a submission by the key of its quiz."""
    return ScoredSubmission(
        submission=submission,
        score=score(definition, submission.answers),
        quiz_version=definition.quiz.version,
        scored_at=now,
    )


def _refuse_unwritable(moment: datetime) -> None:
    try:
        timestamp(moment)
    except OverflowError as error:
        raise InvalidInput("no such time in UTC - at `$.submitted_at`") from error


def _refuse_other_version(raw: bytes) -> None:
    try:
        version = _envelope.decode(raw).schema_version
    except (msgspec.MsgspecError, RecursionError):
        return
    if version != SCHEMA_VERSION:
        raise UnsupportedVersion(f"schema_version {version} is not supported; {SCHEMA_VERSION} is")
