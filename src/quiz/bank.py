"""Rules of the bank: what an author may store, under which name, and what a change of it changes elsewhere."""

import hashlib
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct, structs

from quiz.errors import InvalidInput, TooLarge
from quiz.fields import Id
from quiz.identity import content_id
from quiz.media import require_media_key
from quiz.questions import Question, Quiz

DIFFICULTIES = range(1, 6)

# A transaction holds 100 actions; one of them is the quiz itself.
MOST_CHANGES = 99

# Longer numbers have no place in a table.
_MOST_DIGITS = 38
# A quarter of an item stays free for the names of the quizzes that ask the question.
_MOST_BYTES = 256 * 1024

# What needs no escaping in a path, and is no step up or down in one.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*")

_GIVEN_ID = Meta(description="Letters, digits and . _ ~ - after a letter or digit. Left out: made from the content.")
_IGNORED_VERSION = Meta(description="Ignored: the platform counts.")


class QuestionDraft(Question, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A question as its author sends it."""

    question_id: Annotated[Id, _GIVEN_ID] = ""
    version: Annotated[int, _IGNORED_VERSION] = 1


class QuizDraft(Quiz, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A quiz as its author sends it."""

    quiz_id: Annotated[Id, _GIVEN_ID] = ""
    version: Annotated[int, _IGNORED_VERSION] = 1


class Changes(Struct, frozen=True):
    """Which questions a quiz will ask from now on, and which no longer."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def new_question(draft: QuestionDraft) -> Question:
    """The first version of a question."""
    question_id = _name(draft.question_id, "question_id", "q", draft)
    return _storable(Question(**_said_by(draft, question_id=question_id, version=1)))


def edited_question(draft: QuestionDraft, question_id: str, read_version: int) -> Question:
    """The version that follows the one that the author has read."""
    _require_same(draft.question_id, question_id, "question_id")
    return _storable(Question(**_said_by(draft, question_id=question_id, version=read_version + 1)))


def new_quiz(draft: QuizDraft) -> Quiz:
    """The first version of a quiz."""
    return Quiz(**_said_by(draft, quiz_id=_name(draft.quiz_id, "quiz_id", "quiz", draft), version=1))


def edited_quiz(draft: QuizDraft, quiz_id: str, read_version: int) -> Quiz:
    """The version that follows the one that the author has read."""
    _require_same(draft.quiz_id, quiz_id, "quiz_id")
    return Quiz(**_said_by(draft, quiz_id=quiz_id, version=read_version + 1))


def changes(before: Iterable[str], after: Iterable[str]) -> Changes:
    """What becomes of the questions when a quiz is saved; more than one transaction holds is refused."""
    old, new = dict.fromkeys(before), dict.fromkeys(after)
    added = tuple(question_id for question_id in new if question_id not in old)
    removed = tuple(question_id for question_id in old if question_id not in new)
    if (together := len(added) + len(removed)) > MOST_CHANGES:
        raise InvalidInput(
            f"{together} questions come or go; save at most {MOST_CHANGES} such changes at once - at `$.question_ids`"
        )
    return Changes(added, removed)


def bucket(category: str, difficulty: int) -> str:
    """Questions that are drawn from together. No category holds the sign in the middle."""
    return f"{category}#{difficulty}"


def sample_key(question_id: str) -> int:
    """Spread evenly but the same each time, so that storing a question again moves it nowhere."""
    return int.from_bytes(hashlib.sha256(question_id.encode()).digest()[:6])


def _said_by(draft: Struct, **instead: Any) -> dict[str, Any]:
    return {**structs.asdict(draft), **instead}


def _name(given: str, field: str, prefix: str, draft: Struct) -> str:
    if given and not _NAME.fullmatch(given):
        raise InvalidInput(f"new ids are letters, digits and . _ ~ - after a letter or digit - at `$.{field}`")
    return given or content_id(prefix, draft)


def _require_same(given: str, wanted: str, field: str) -> None:
    if given and given != wanted:
        raise InvalidInput(f"the path names {wanted!r} - at `$.{field}`")


def _storable(question: Question) -> Question:
    """Refuse what no table holds."""
    require_media_key(question.media_key)
    numbers = _numbers(msgspec.to_builtins(question, builtin_types=(Decimal,)))
    if any(len(number.as_tuple().digits) > _MOST_DIGITS for number in numbers):
        raise InvalidInput(f"numbers have at most {_MOST_DIGITS} digits")
    if (size := len(msgspec.json.encode(question))) > _MOST_BYTES:
        raise TooLarge(f"the question takes {size} bytes; {_MOST_BYTES} are allowed")
    return question


def _numbers(value: Any) -> Iterable[Decimal]:
    if isinstance(value, Decimal):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _numbers(part)
