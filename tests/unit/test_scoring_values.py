"""True or false, numbers and short texts."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from quiz.keys import Key, Numeric, NumericAnswer, ShortText, TextAnswer, TrueFalse
from quiz.scoring import grade, normalise
from tests.unit.builders import question


def _share(key: Key, answer: Any) -> Fraction:
    return grade(question(key), answer)


@pytest.mark.parametrize("answer", [True, "true", "True", " TRUE\n"])
def test_a_true_statement_is_affirmed_by_a_boolean_or_its_word(answer: Any) -> None:
    assert _share(TrueFalse(correct=True), answer) == 1
    assert _share(TrueFalse(correct=False), answer) == 0


@pytest.mark.parametrize("answer", [False, "false", "FALSE "])
def test_a_false_statement_is_denied_by_a_boolean_or_its_word(answer: Any) -> None:
    assert _share(TrueFalse(correct=False), answer) == 1
    assert _share(TrueFalse(correct=True), answer) == 0


@pytest.mark.parametrize("answer", [None, 0, 1, Decimal(1), 1.0, "", "1", "yes", "wahr", [], [True], {"true": True}])
def test_what_is_no_boolean_is_wrong_whichever_was_right(answer: Any) -> None:
    assert _share(TrueFalse(correct=True), answer) == 0
    assert _share(TrueFalse(correct=False), answer) == 0


def _numeric(*accepted: NumericAnswer) -> Numeric:
    return Numeric(accepted=accepted)


EXACTLY_TEN = _numeric(NumericAnswer(value=Decimal(10)))
ABOUT_TEN = _numeric(NumericAnswer(value=Decimal(10), tolerance=Decimal("0.1")))
ONE_TO_TWO = _numeric(NumericAnswer(minimum=Decimal(1), maximum=Decimal(2)))


@pytest.mark.parametrize(
    ("key", "answer", "right"),
    [
        (EXACTLY_TEN, 10, True),
        (EXACTLY_TEN, 10.0, True),
        (EXACTLY_TEN, Decimal("10.00"), True),
        (EXACTLY_TEN, "10", True),
        (EXACTLY_TEN, " 1e1 ", True),
        (EXACTLY_TEN, "+10.0", True),
        (EXACTLY_TEN, Decimal("10.0000000000000000000000000000000001"), False),
        (EXACTLY_TEN, "10,0", False),
        (EXACTLY_TEN, "ten", False),
        (EXACTLY_TEN, "", False),
        (EXACTLY_TEN, [10], False),
        (EXACTLY_TEN, {"value": 10}, False),
        (ABOUT_TEN, Decimal("9.9"), True),
        (ABOUT_TEN, Decimal("10.1"), True),
        (ABOUT_TEN, 10.1, True),
        (ABOUT_TEN, Decimal("10.11"), False),
        (ABOUT_TEN, Decimal("9.89"), False),
        (ONE_TO_TWO, 1, True),
        (ONE_TO_TWO, Decimal("1.5"), True),
        (ONE_TO_TWO, 2, True),
        (ONE_TO_TWO, Decimal("0.999"), False),
        (ONE_TO_TWO, Decimal("2.001"), False),
    ],
)
def test_a_number_counts_when_it_lies_in_the_range(key: Key, answer: Any, right: bool) -> None:
    assert _share(key, answer) == right


def test_a_boolean_is_no_number() -> None:
    one = _numeric(NumericAnswer(value=Decimal(1)))
    assert _share(one, True) == 0
    assert _share(one, 1) == 1


@pytest.mark.parametrize(
    "answer",
    [
        "NaN",
        "sNaN",
        "Infinity",
        "-Infinity",
        Decimal("NaN"),
        Decimal("sNaN"),
        Decimal("Infinity"),
        float("nan"),
        float("inf"),
        "1e999999999999",
        Decimal("1e999999"),
        Decimal("1e-999999"),
        10**41,
        10**4000,
        10**5000,
        -(10**5000),
        "1" * 5000,
    ],
    ids=lambda answer: type(answer).__name__,
)
def test_no_honest_number_falls_into_no_range_however_wide(answer: Any) -> None:
    widest = _numeric(NumericAnswer(minimum=Decimal("-1e40"), maximum=Decimal("1e40")))
    assert _share(widest, answer) == 0


def test_the_best_paid_range_counts() -> None:
    wide = NumericAnswer(value=Decimal(10), tolerance=Decimal(5), credit=Decimal("0.5"))
    key = _numeric(wide, NumericAnswer(value=Decimal(10), tolerance=Decimal(1)))
    assert [_share(key, number) for number in (10, 12, 16)] == [1, Fraction(1, 2), 0]


def _text(*accepted: str, case_sensitive: bool = False) -> ShortText:
    return ShortText(accepted=tuple(TextAnswer(text=text) for text in accepted), case_sensitive=case_sensitive)


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("Straße", "STRASSE"),
        ("STRASSE", "straße"),
        ("São Paulo", "SA\u0303O PAULO"),
        ("New York", "  new \t york\n"),
        ("New York", "new\u00a0york"),
        ("New York", "new\u3000york"),
        ("file", "\ufb01le"),
        ("x2", "x\u00b2"),
        ("ABC", "\uff41\uff42\uff43"),
        ("Ὀδυσσεύς", "ὈΔΥΣΣΕΎΣ"),
        ("\u0345", "\u0345"),
        ("\u0390", "\u0399\u0308\u0301"),
    ],
)
def test_texts_that_look_the_same_are_the_same(wanted: str, given: str) -> None:
    assert _share(_text(wanted), given) == 1


@pytest.mark.parametrize("given", ["Lyon", "Pari s", "Paris.", "Párís", "", None, 5, True, ["Paris"], {"Paris": 1}])
def test_another_text_is_wrong(given: Any) -> None:
    assert _share(_text("Paris"), given) == 0


def test_case_counts_only_where_it_was_asked_for() -> None:
    key = _text("NaCl", case_sensitive=True)
    assert _share(key, " NaCl ") == 1
    assert _share(key, "nacl") == 0


def test_the_best_paid_wording_counts() -> None:
    half = TextAnswer(text="mitochondrion", credit=Decimal("0.5"))
    key = ShortText(
        accepted=(half, TextAnswer(text="Mitochondrion"), TextAnswer(text="organelle", credit=Decimal("0.25")))
    )
    assert [_share(key, text) for text in ("MITOCHONDRION", "organelle", "cell")] == [1, Fraction(1, 4), 0]


def test_normalising_twice_changes_nothing_more() -> None:
    for text in ("Straße", "İstanbul", "ŉ", "\u0344 x", "  a  b "):
        assert normalise(normalise(text)) == normalise(text)
