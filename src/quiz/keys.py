"""The keys to questions, a struct for each type.

A key is a struct of its own with the feedback in it: whoever shows a question to a student leaves it out as a whole.
"""

from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta, Struct

from quiz.fields import Id, OptionalText, Text, require
from quiz.numbers import MOST_DIGITS, is_sane

PartialCredit = Literal["exact", "per_correct", "per_option", "hamming", "weighted"]


class SingleChoice(Struct, frozen=True, forbid_unknown_fields=True, tag="single_choice"):
    """One option is right; `partial` gives others a part of the points."""

    correct: Id
    partial: dict[Id, Decimal] = {}
    feedback: dict[Id, Text] = {}

    def __post_init__(self) -> None:
        require(
            all(is_sane(credit) and -1 <= credit <= 1 for credit in self.partial.values()),
            "partial credit is between -1 and 1",
        )


class MultipleChoice(Struct, frozen=True, forbid_unknown_fields=True, tag="multiple_choice"):
    """Some options are right; `partial_credit` says what an answer between all and nothing is worth.

    exact: all or nothing. per_correct: (right - wrong) / correct options. per_option: (right - wrong) / options.
    hamming: 1 - 2 * wrong marks / options. weighted: the sum of `weights`. Never below 0 or above 1.
    """

    correct: Annotated[tuple[Id, ...], Meta(min_length=1)]
    partial_credit: PartialCredit = "exact"
    weights: dict[Id, Decimal] = {}
    feedback: dict[Id, Text] = {}

    def __post_init__(self) -> None:
        require(
            (self.partial_credit == "weighted") == bool(self.weights),
            "weights belong to partial_credit 'weighted', and only to it",
        )
        require(
            all(is_sane(weight) and -1 <= weight <= 1 for weight in self.weights.values()),
            "weights are between -1 and 1",
        )


class TrueFalse(Struct, frozen=True, forbid_unknown_fields=True, tag="true_false"):
    """A statement that holds or does not."""

    correct: bool
    if_right: OptionalText = ""
    if_wrong: OptionalText = ""


class NumericAnswer(Struct, frozen=True, forbid_unknown_fields=True):
    """A closed range of accepted numbers, as bounds or as a value with a tolerance."""

    value: Decimal | None = None
    tolerance: Decimal = Decimal(0)
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    credit: Decimal = Decimal(1)
    feedback: OptionalText = ""

    def __post_init__(self) -> None:
        numbers = (self.value, self.tolerance, self.minimum, self.maximum, self.credit)
        require(
            all(number is None or is_sane(number) for number in numbers), f"numbers have at most {MOST_DIGITS} digits"
        )
        by_value = self.value is not None and self.minimum is None and self.maximum is None
        by_bounds = self.value is None and self.minimum is not None and self.maximum is not None and not self.tolerance
        require(by_value or by_bounds, "give either value (with tolerance) or both minimum and maximum")
        require(self.tolerance >= 0, "tolerance is not negative")
        require(not by_bounds or self._in_order(), "minimum is at most maximum")
        require(0 < self.credit <= 1, "credit is above 0 and at most 1")

    def _in_order(self) -> bool:
        return self.minimum is not None and self.maximum is not None and self.minimum <= self.maximum

    def accepts(self, number: Decimal) -> bool:
        """Whether the number lies in the range; the bounds themselves do."""
        if self.minimum is not None and self.maximum is not None:
            return self.minimum <= number <= self.maximum
        return self.value is not None and abs(number - self.value) <= self.tolerance


class Numeric(Struct, frozen=True, forbid_unknown_fields=True, tag="numeric"):
    """A number; the best paid of the ranges it falls into counts."""

    accepted: Annotated[tuple[NumericAnswer, ...], Meta(min_length=1)]


class TextAnswer(Struct, frozen=True, forbid_unknown_fields=True):
    """One wording that is accepted."""

    text: Text
    credit: Decimal = Decimal(1)
    feedback: OptionalText = ""

    def __post_init__(self) -> None:
        require(is_sane(self.credit) and 0 < self.credit <= 1, "credit is above 0 and at most 1")


class ShortText(Struct, frozen=True, forbid_unknown_fields=True, tag="short_text"):
    """A few words, compared after normalising Unicode, white space and (unless told otherwise) case."""

    accepted: Annotated[tuple[TextAnswer, ...], Meta(min_length=1)]
    case_sensitive: bool = False


class Ordering(Struct, frozen=True, forbid_unknown_fields=True, tag="ordering"):
    """All options in their right order; `per_position` pays for each one that stands where it belongs."""

    order: Annotated[tuple[Id, ...], Meta(min_length=2)]
    partial_credit: Literal["exact", "per_position"] = "exact"


class Matching(Struct, frozen=True, forbid_unknown_fields=True, tag="matching"):
    """Each prompt (an option id) and the match (a text) that belongs to it; `distractors` belong to none."""

    pairs: Annotated[dict[Id, Text], Meta(min_length=1)]
    distractors: tuple[Text, ...] = ()


Key = SingleChoice | MultipleChoice | TrueFalse | Numeric | ShortText | Ordering | Matching


def named_options(key: Key) -> set[str]:
    """The options that a key speaks of."""
    match key:
        case SingleChoice():
            return {key.correct, *key.partial, *key.feedback}
        case MultipleChoice():
            return {*key.correct, *key.weights, *key.feedback}
        case Ordering():
            return set(key.order)
        case Matching():
            return set(key.pairs)
    return set()
