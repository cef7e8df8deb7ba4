"""Ordering and matching."""

from fractions import Fraction
from typing import Any, Literal

import pytest

from quiz.keys import Matching, Ordering
from quiz.scoring import grade
from tests.unit.builders import question


def _ordered(answer: Any, rule: Literal["exact", "per_position"] = "exact") -> Fraction:
    return grade(question(Ordering(order=("a", "b", "c"), partial_credit=rule), "c b a"), answer)


@pytest.mark.parametrize(
    ("answer", "exact", "per_position"),
    [
        (["a", "b", "c"], 1, 1),
        (("a", "b", "c"), 1, 1),
        (["a", "c", "b"], 0, Fraction(1, 3)),
        (["b", "c", "a"], 0, 0),
        (["c", "b", "a"], 0, Fraction(1, 3)),
        (["a", "a", "a"], 0, Fraction(1, 3)),
        (["a", None, ["c"]], 0, Fraction(1, 3)),
        (["a", "b"], 0, 0),
        (["a", "b", "c", "c"], 0, 0),
        ([], 0, 0),
        ("abc", 0, 0),
        ({"a": 1, "b": 2, "c": 3}, 0, 0),
        (None, 0, 0),
    ],
)
def test_an_order_is_paid_whole_or_by_position(answer: Any, exact: Fraction, per_position: Fraction) -> None:
    assert _ordered(answer) == exact
    assert _ordered(answer, "per_position") == per_position


@pytest.mark.parametrize(
    ("answer", "share"),
    [
        ({"fr": "Paris", "it": "Rome"}, 1),
        ({"it": "Rome", "fr": "Paris"}, 1),
        ({"fr": "Paris"}, Fraction(1, 2)),
        ({"fr": "Rome", "it": "Rome"}, Fraction(1, 2)),
        ({"fr": "Rome", "it": "Paris"}, 0),
        ({"fr": "Paris", "it": "Rome", "es": "Madrid"}, 1),
        ({"fr": ["Paris"], "it": None}, 0),
        ({}, 0),
        ([["fr", "Paris"], ["it", "Rome"]], 0),
        ("Paris", 0),
        (None, 0),
    ],
)
def test_every_right_pair_counts_alike(answer: Any, share: Fraction) -> None:
    key = Matching(pairs={"fr": "Paris", "it": "Rome"})
    assert grade(question(key, "fr it es"), answer) == share
