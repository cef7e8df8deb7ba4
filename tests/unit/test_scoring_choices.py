"""Single and multiple choice: what each rule of partial credit pays."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from quiz.keys import MultipleChoice, PartialCredit, SingleChoice
from quiz.scoring import grade
from tests.unit.builders import question

HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("answer", "share"),
    [
        ("paris", 1),
        ("lyon", HALF),
        ("rome", 0),
        ("berlin", 0),
        ("Paris", 0),
        (["paris"], 0),
        ({"paris": True}, 0),
        (True, 0),
        (1, 0),
        ("", 0),
        (None, 0),
    ],
)
def test_single_choice_pays_the_right_option_and_its_near_misses(answer: Any, share: Fraction) -> None:
    key = SingleChoice(correct="paris", partial={"lyon": Decimal("0.5"), "rome": Decimal("-0.5")})
    assert grade(question(key, "paris lyon rome berlin"), answer) == share


def _marks(
    rule: PartialCredit, answer: Any, weights: dict[str, Decimal] | None = None, options: str = "a b c d"
) -> Any:
    key = MultipleChoice(correct=("a", "b"), partial_credit=rule, weights=weights or {})
    return grade(question(key, options), answer)


@pytest.mark.parametrize(
    ("answer", "share"),
    [
        (["a", "b"], 1),
        (["b", "a"], 1),
        (["a", "b", "a"], 1),
        (("a", "b"), 1),
        (["a"], 0),
        ("a", 0),
        (["a", "b", "c"], 0),
        (["a", "b", None], 0),
        (["a", "b", 7], 0),
        (["a", "b", "no option"], 0),
        ([], 0),
        ({"a": True, "b": True}, 0),
        (3, 0),
        (None, 0),
    ],
)
def test_exact_pays_only_for_the_whole_set(answer: Any, share: Fraction) -> None:
    assert _marks("exact", answer) == share


@pytest.mark.parametrize(
    ("answer", "share"),
    [
        (["a", "b", "c"], HALF),  # the worked example of Canvas: 2 of 2 right, 1 wrong, half of the points
        (["a", "b"], 1),
        (["a"], HALF),
        ("a", HALF),
        (["a", "c"], 0),
        (["c", "d"], 0),
        (["a", "b", "c", "d"], 0),
        (["a", "b", "no option"], HALF),
        (["a", "b", 7], HALF),
        ([], 0),
    ],
)
def test_per_correct_subtracts_wrong_from_right_and_never_goes_below_zero(answer: Any, share: Fraction) -> None:
    assert _marks("per_correct", answer) == share


@pytest.mark.parametrize(
    ("answer", "share"),
    [
        (["a", "b", "c"], Fraction(1, 4)),
        (["a", "b"], HALF),
        (["a"], Fraction(1, 4)),
        (["c"], 0),
        ([], 0),
    ],
)
def test_per_option_divides_by_all_options_so_only_all_of_them_right_is_full(answer: Any, share: Fraction) -> None:
    assert _marks("per_option", answer) == share


def test_per_option_gives_the_worked_example_of_brightspace() -> None:
    # GIVEN ten points, five options, three right and two wrong ones chosen: two points
    key = MultipleChoice(correct=("a", "b", "c"), partial_credit="per_option")
    assert grade(question(key, "a b c d e"), ["a", "b", "c", "d", "e"]) * 10 == 2


@pytest.mark.parametrize(
    ("answer", "share"),
    [
        (["a", "b"], 1),
        (["a"], HALF),
        (["a", "b", "c"], HALF),
        (["a", "c"], 0),
        (["c", "d"], 0),
        (["a", "b", "x", "y", "z"], 0),
        ([], 0),
    ],
)
def test_hamming_pays_kprim_one_half_and_nothing(answer: Any, share: Fraction) -> None:
    assert _marks("hamming", answer) == share


@pytest.mark.parametrize(
    ("answer", "share"),
    [
        (["h", "o"], 1),
        (["h"], HALF),
        (["h", "o", "cl"], HALF),
        (["h", "cl"], 0),
        (["cl"], 0),
        (["h", "o", "extra"], 1),
        (["h", "no option"], HALF),
        ([], 0),
    ],
)
def test_weighted_adds_the_weights_of_what_was_chosen(answer: Any, share: Fraction) -> None:
    weights = {"h": Decimal("0.5"), "o": Decimal("0.5"), "cl": Decimal("-0.5")}
    key = MultipleChoice(correct=("h", "o"), partial_credit="weighted", weights=weights)
    assert grade(question(key, "h o cl extra"), answer) == share


def test_weights_above_one_together_still_pay_no_more_than_the_points() -> None:
    assert _marks("weighted", ["a", "b"], {"a": Decimal(1), "b": Decimal(1)}) == 1


def test_a_number_too_long_to_be_printed_is_just_another_wrong_mark() -> None:
    assert _marks("per_correct", ["a", "b", 10**5000]) == HALF
