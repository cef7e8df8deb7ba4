"""A resend is recognised by what it says, not by how it is spelt."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quiz.submissions import parse
from tests.unit.builders import body, body_with_answer, submission

plain_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)
answer_maps = st.dictionaries(st.text(min_size=1, max_size=4), plain_values, max_size=4)


def _fingerprint(text: str) -> str:
    return parse(text).fingerprint


def _reversed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _reversed(item) for key, item in reversed(value.items())}
    return [_reversed(item) for item in value] if isinstance(value, list) else value


@given(answer_maps)
def test_spelling_does_not_matter(answers: dict[str, Any]) -> None:
    fields = submission(answers=answers)
    spellings = [
        json.dumps(fields),
        json.dumps(fields, sort_keys=True),
        json.dumps(_reversed(fields), ensure_ascii=False),
        json.dumps(fields, indent=2, separators=(" ,", " : ")),
    ]
    assert len({_fingerprint(text) for text in spellings}) == 1


@given(answer_maps, answer_maps)
def test_other_answers_have_another_fingerprint(one: dict[str, Any], other: dict[str, Any]) -> None:
    given_in = [{name: answer for name, answer in answers.items() if answer is not None} for answers in (one, other)]
    assume(len({json.dumps(answers, sort_keys=True) for answers in given_in}) == 2)
    assert _fingerprint(body(answers=one)) != _fingerprint(body(answers=other))


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=6))
def test_equal_numbers_are_equal_however_they_are_written(number: Decimal) -> None:
    spellings = [f"{number:f}", f"{number:e}", f"{number:E}", f"{number:f}0"]
    assert len({_fingerprint(body_with_answer(text)) for text in spellings}) == 1


@pytest.mark.parametrize(
    "spellings",
    [
        ("1", "1.0", "1e0", "1E0", "10e-1", "0.1e1", "1.000"),
        ("0", "-0", "0.0", "-0.0", "0e5"),
        ("[100, 1.5]", "[1e2,1.50]", "[ 100.0 , 15e-1 ]"),
        ('"é"', '"\\u00e9"', '"\\u00E9"'),
        ('"/"', '"\\/"', '"\\u002f"'),
        ('{"a": 1, "b": 2}', '{"b":2.0,"a":1e0}'),
        ("1e30", "1" + "0" * 30),
    ],
)
def test_the_same_answer_in_other_spellings(spellings: tuple[str, ...]) -> None:
    assert len({_fingerprint(body_with_answer(text)) for text in spellings}) == 1


def test_null_and_left_out_are_both_unanswered() -> None:
    assert _fingerprint(body(answers={"q1": "a", "q2": None})) == _fingerprint(body(answers={"q1": "a"}))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1", '"1"'),
        ("1", "true"),
        ("0", "false"),
        ("null", "false"),
        ("null", '"null"'),
        ("[]", "{}"),
        ("[1, 2]", "[2, 1]"),
        ("0.1", "0.10000000000000001"),
        ('"a"', '"a "'),
        ('"é"', '"e\u0301"'),
    ],
)
def test_answers_that_only_look_alike_differ(one: str, other: str) -> None:
    assert _fingerprint(body_with_answer(one)) != _fingerprint(body_with_answer(other))


def test_another_quiz_under_the_same_id_differs() -> None:
    assert _fingerprint(body(quiz_id="quiz")) != _fingerprint(body(quiz_id="quiz2"))


def test_no_quiz_id_can_borrow_from_the_answers() -> None:
    assert _fingerprint(body(quiz_id="a", answers={"b": 1})) != _fingerprint(body(quiz_id='a{"b":1}', answers={}))


def test_when_it_was_sent_or_under_which_id_does_not_matter() -> None:
    resend = body(submitted_at="2026-03-05T00:00:00+02:00", submission_id="another")
    assert _fingerprint(resend) == _fingerprint(body())
