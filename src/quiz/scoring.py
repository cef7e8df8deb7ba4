"""What an answer is worth: pure functions from any JSON value to a fraction between 0 and 1.

Nothing here raises. An answer of the wrong type is a wrong answer; a missing one is worth nothing.
"""

import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache, singledispatch

from msgspec import Struct

from quiz.keys import Key, Matching, MultipleChoice, Numeric, Ordering, ShortText, SingleChoice, TrueFalse
from quiz.numbers import Rational, exact, rational, read_number
from quiz.partial_credit import partial_credit
from quiz.questions import Definition, Question

NOTHING, ALL = Fraction(0), Fraction(1)


class Score(Struct, frozen=True):
    """What a set of answers earned. `shares` holds the fraction earned of each question of the quiz."""

    earned: Decimal
    possible: Decimal
    percentage: Decimal
    shares: dict[str, Decimal]
    unknown: tuple[str, ...]


def score(definition: Definition, answers: Mapping[str, object]) -> Score:
    """Score answers by question id. Ids that the quiz does not hold are reported and earn nothing."""
    # Whole numbers for as long as they will do: sums of fractions would be half the time of a submission.
    earned: Rational = 0
    possible: Rational = 0
    shares: dict[str, Decimal] = {}
    for question in definition.questions:
        fraction, points = grade(question, answers.get(question.question_id)), rational(question.points)
        shares[question.question_id] = exact(fraction, 4)
        possible += points
        if fraction is not NOTHING:
            earned += points if fraction is ALL else fraction * points
    return Score(
        earned=exact(earned, 4),
        possible=exact(possible, 4),
        percentage=exact(Fraction(100 * earned, possible), 2),
        shares=shares,
        unknown=tuple(sorted(answers.keys() - shares.keys())),
    )


def grade(question: Question, answer: object) -> Fraction:
    """The fraction of the question's points that the answer earns; None is an unanswered question."""
    if answer is None:
        return NOTHING
    fraction = _fraction(question.key, answer, question)
    # In whole numbers, and in the two fractions that most answers are: comparing others takes many times as long.
    if fraction is ALL or fraction.numerator >= fraction.denominator:
        return ALL
    return fraction if fraction.numerator > 0 else NOTHING


@singledispatch
def _fraction(key: Key, answer: object, question: Question) -> Fraction:
    raise TypeError(f"no rule for {type(key).__name__}")


@_fraction.register
def _(key: SingleChoice, answer: object, question: Question) -> Fraction:
    if answer == key.correct:
        return ALL
    return _share(key.partial[answer]) if isinstance(answer, str) and answer in key.partial else NOTHING


@_fraction.register
def _(key: MultipleChoice, answer: object, question: Question) -> Fraction:
    chosen = _distinct_strings(answer)
    if not chosen:
        return NOTHING
    return partial_credit(key, chosen, len(question.options))


@_fraction.register
def _(key: TrueFalse, answer: object, question: Question) -> Fraction:
    if isinstance(answer, str):
        answer = {"true": True, "false": False}.get(answer.strip().lower())
    return ALL if answer is key.correct else NOTHING


@_fraction.register
def _(key: Numeric, answer: object, question: Question) -> Fraction:
    number = read_number(answer)
    if number is None:
        return NOTHING
    return max((_share(a.credit) for a in key.accepted if a.accepts(number)), default=NOTHING)


@_fraction.register
def _(key: ShortText, answer: object, question: Question) -> Fraction:
    if not isinstance(answer, str):
        return NOTHING
    given = normalise(answer, key.case_sensitive)
    matches = (_share(a.credit) for a in key.accepted if _accepted(a.text, key.case_sensitive) == given)
    return max(matches, default=NOTHING)


@_fraction.register
def _(key: Ordering, answer: object, question: Question) -> Fraction:
    if not isinstance(answer, list | tuple) or len(answer) != len(key.order):
        return NOTHING
    right = sum(given == wanted for given, wanted in zip(answer, key.order, strict=True))
    if key.partial_credit == "per_position":
        return Fraction(right, len(key.order))
    return ALL if right == len(key.order) else NOTHING


@_fraction.register
def _(key: Matching, answer: object, question: Question) -> Fraction:
    if not isinstance(answer, Mapping):
        return NOTHING
    return Fraction(sum(answer.get(prompt) == match for prompt, match in key.pairs.items()), len(key.pairs))


def normalise(text: str, case_sensitive: bool = False) -> str:
    """One spelling for what looks the same: NFKC, single spaces, and no case unless it matters."""
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    # Folding can leave decomposed characters behind, so what is folded is composed again.
    return text if case_sensitive else unicodedata.normalize("NFKC", text.casefold())


@lru_cache(maxsize=1024)
def _accepted(text: str, case_sensitive: bool) -> str:
    """What a key accepts is the same for everybody who answers."""
    return normalise(text, case_sensitive)


@lru_cache(maxsize=1024)
def _share(credit: Decimal) -> Fraction:
    """The same number; few are in use, and each is wanted for every answer."""
    return Fraction(credit)


def _distinct_strings(answer: object) -> set[str]:
    items = [answer] if isinstance(answer, str) else answer
    if not isinstance(items, list | tuple):
        return set()
    # No id holds a space, so this is none; what it was does not matter, only that it was marked.
    return {item if isinstance(item, str) else f"no option {i}" for i, item in enumerate(items)}
