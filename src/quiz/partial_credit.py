"""What some of the right options are worth, by the rule that the author of the question chose."""

from collections.abc import Callable, Mapping
from fractions import Fraction

from quiz.keys import MultipleChoice


def partial_credit(key: MultipleChoice, chosen: set[str], options: int) -> Fraction:
    """The worth of the chosen options, of so many that there were; it may be below 0 or above 1."""
    return _RULES[key.partial_credit](key, chosen, options)


def _exact(key: MultipleChoice, chosen: set[str], options: int) -> Fraction:
    return Fraction(chosen == set(key.correct))


def _per_correct(key: MultipleChoice, chosen: set[str], options: int) -> Fraction:
    return Fraction(_right_minus_wrong(key, chosen), len(set(key.correct)))


def _per_option(key: MultipleChoice, chosen: set[str], options: int) -> Fraction:
    return Fraction(_right_minus_wrong(key, chosen), options)


def _hamming(key: MultipleChoice, chosen: set[str], options: int) -> Fraction:
    return 1 - Fraction(2 * len(chosen ^ set(key.correct)), options)


def _weighted(key: MultipleChoice, chosen: set[str], options: int) -> Fraction:
    return sum((Fraction(key.weights[option]) for option in chosen & key.weights.keys()), start=Fraction(0))


def _right_minus_wrong(key: MultipleChoice, chosen: set[str]) -> int:
    right = len(chosen & set(key.correct))
    return right - (len(chosen) - right)


_RULES: Mapping[str, Callable[[MultipleChoice, set[str], int], Fraction]] = {
    "exact": _exact,
    "per_correct": _per_correct,
    "per_option": _per_option,
    "hamming": _hamming,
    "weighted": _weighted,
}
