"""What an LMS posts: one student's answers to one quiz. This module is the contract, version 1."""

import hashlib
from datetime import UTC, datetime
from decimal import Context, Decimal, InvalidOperation
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct, structs

from quiz.errors import InvalidInput, MalformedJson, TooLarge, UnsupportedVersion
from quiz.numbers import MOST_DIGITS, is_sane
from quiz.questions import Definition, Id
from quiz.scoring import Score, score

# The queue takes 252 KB and its dead-letter queue 256 KB: a body of this size still fits into both together with the
# reason for which it was set aside, so it can be moved there and back.
MAX_BYTES = 248 * 1024
SCHEMA_VERSION = 1

# Any JSON value: an answer of the wrong type is scored as wrong, not refused with everything beside it.
Answers = Annotated[
    dict[Annotated[str, Meta(min_length=1, max_length=128)], Any],
    Meta(max_length=1000, description="Answer by question id; an id the quiz does not hold is reported, not scored."),
]


class Submission(Struct, frozen=True, forbid_unknown_fields=True):
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

    @property
    def answers_json(self) -> str:
        """The answers in one spelling, whatever the order of keys and the form of numbers they came in."""
        return _encoder.encode(self.answers).decode()

    @property
    def fingerprint(self) -> str:
        """Equal for a resend, different for other answers or another quiz under the same id."""
        return hashlib.sha256(f"{self.quiz_id}\n{self.answers_json}".encode()).hexdigest()


class ScoredSubmission(Struct, frozen=True):
    """A submission with its score: what is stored once and announced once."""

    submission: Submission
    score: Score
    quiz_version: int
    scored_at: datetime


class _Envelope(Struct):
    """Only what tells the versions apart."""

    schema_version: int


# Answers deeper than this come from no quiz.
_MOST_LEVELS = 16
_DIGITS = Context(prec=MOST_DIGITS)


def _decimal(text: str) -> Decimal | str:
    """A JSON number with a point or exponent; an absurd one stays text, which no key accepts."""
    if len(text) > MOST_DIGITS:
        return text
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return number if is_sane(number) else text


_submission = msgspec.json.Decoder(Submission, float_hook=_decimal)
_envelope = msgspec.json.Decoder(_Envelope)
_encoder = msgspec.json.Encoder(order="sorted", decimal_format="number")


def parse(body: str) -> Submission:
    """Read a message body, or raise a Rejected that says what is wrong and where."""
    raw = _utf8(body)
    if len(raw) > MAX_BYTES:
        raise TooLarge(f"the body has {len(raw)} bytes; {MAX_BYTES} are allowed")
    try:
        submission = _submission.decode(raw)
    except msgspec.ValidationError as error:
        _refuse_other_version(raw)
        raise InvalidInput(str(error)) from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise MalformedJson(str(error)) from error
    # Null and left out are the same: not answered.
    given = {question_id: answer for question_id, answer in submission.answers.items() if answer is not None}
    canonical = structs.replace(submission, answers=_canonical(given))
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


def timestamp(moment: datetime) -> str:
    """ISO 8601 in UTC with milliseconds: fixed width, so that sorting the text sorts the time."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _canonical(value: Any, level: int = 0) -> Any:
    """The same value with one spelling for equal numbers: 1, 1.0 and 1e0 are the same answer."""
    if level > _MOST_LEVELS:
        raise InvalidInput(f"nested deeper than {_MOST_LEVELS} levels - at `$.answers`")
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value.normalize(_DIGITS)
    if isinstance(value, dict):
        return {key: _canonical(item, level + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_canonical(item, level + 1) for item in value]
    return value


def _refuse_unwritable(moment: datetime) -> None:
    try:
        timestamp(moment)
    except OverflowError as error:
        raise InvalidInput("no such time in UTC - at `$.submitted_at`") from error


def _utf8(body: str) -> bytes:
    try:
        return body.encode()
    except UnicodeEncodeError as error:
        raise MalformedJson("the body holds a lone surrogate, which no UTF-8 text can") from error


def _refuse_other_version(raw: bytes) -> None:
    try:
        version = _envelope.decode(raw).schema_version
    except (msgspec.MsgspecError, RecursionError):
        return
    if version != SCHEMA_VERSION:
        raise UnsupportedVersion(f"schema_version {version} is not supported; {SCHEMA_VERSION} is")
