"""Questions as a student sees them before answering: built from named fields, so that nothing new slips through."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol, TypeVar

from msgspec import Struct, structs

from quiz.keys import Matching, MultipleChoice, Numeric, ShortText, TrueFalse
from quiz.questions import Option, Question

T = TypeVar("T")


class Chance(Protocol):
    """Where randomness comes from: `random.SystemRandom`, or a seeded source in a test."""

    def sample(self, population: Sequence[T], k: int) -> list[T]:
        """`k` different elements in random order."""

    def randrange(self, stop: int, /) -> int:
        """A number from 0 to one below `stop`."""


class PublicQuestion(Struct, frozen=True, omit_defaults=True):
    """A question without its key, and without what may give the key away: explanation, title, tags and category."""

    question_id: str
    type: str
    text: str
    text_format: str
    points: Decimal
    options: tuple[Option, ...]
    matches: tuple[str, ...] = ()
    multiple: bool = False
    media_url: str | None = None


def arranged(question: Question, chance: Chance) -> Question:
    """The question with its options in random order."""
    return structs.replace(question, options=tuple(_shuffled(question.options, chance)))


def public(question: Question, chance: Chance, media_url: str | None = None) -> PublicQuestion:
    """What may be shown of the question. Its options keep their order; matches get one of their own."""
    return PublicQuestion(
        question_id=question.question_id,
        type=str(type(question.key).__struct_config__.tag),
        text=question.text,
        text_format=question.text_format,
        points=question.points,
        options=_options(question),
        matches=_matches(question, chance),
        multiple=isinstance(question.key, MultipleChoice),
        media_url=media_url,
    )


def _options(question: Question) -> tuple[Option, ...]:
    match question.key:
        # Nothing is chosen here, so whatever stands there is not meant for the student.
        case TrueFalse() | Numeric() | ShortText():
            return ()
        # A prompt that nothing belongs to cannot be answered.
        case Matching(pairs=pairs):
            return tuple(option for option in question.options if option.id in pairs)
    return question.options


def _matches(question: Question, chance: Chance) -> tuple[str, ...]:
    if not isinstance(question.key, Matching):
        return ()
    # Each text once, whatever it belongs to: how often it is right stays unknown.
    texts = sorted({*question.key.pairs.values(), *question.key.distractors})
    return tuple(_shuffled(texts, chance))


def _shuffled(items: Sequence[T], chance: Chance) -> list[T]:
    return chance.sample(items, len(items))
