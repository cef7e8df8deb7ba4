"""Quizzes made from the key that came along."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from quiz.errors import InvalidInput
from quiz.inline import INLINE_VERSION, inline_definition
from quiz.keys import Matching, MultipleChoice, Numeric, ShortText, TrueFalse
from quiz.scoring import Score, grade, score
from tests.unit.strategies import json_values


@pytest.mark.parametrize(
    ("right", "kind", "wrong"),
    [
        (True, TrueFalse, False),
        (False, TrueFalse, True),
        (42, Numeric, 41),
        (0, Numeric, 1),
        (Decimal("1.5"), Numeric, Decimal("1.51")),
        ("B", ShortText, "b"),
        (["a", "c"], MultipleChoice, ["a"]),
        (["a", "a"], MultipleChoice, ["b"]),
        ({"fr": "Paris"}, Matching, {"fr": "Rome"}),
    ],
)
def test_the_type_of_the_answer_is_the_type_of_the_question(right: Any, kind: type, wrong: Any) -> None:
    [question] = inline_definition("quiz", {"q1": right}).questions
    assert isinstance(question.key, kind)
    assert grade(question, right) == 1
    assert grade(question, wrong) == 0


def test_every_question_is_worth_one_point_in_the_order_of_the_key() -> None:
    definition = inline_definition("quiz", {"q2": True, "q1": "x"})
    assert definition.quiz.quiz_id == "quiz"
    assert definition.quiz.question_ids == ("q2", "q1")
    assert [question.points for question in definition.questions] == [1, 1]
    assert score(definition, {"q1": "x"}).percentage == 50


def test_a_result_tells_that_no_bank_was_asked() -> None:
    assert inline_definition("quiz", {"q1": True}).quiz.version == INLINE_VERSION == 0


@pytest.mark.parametrize("answer", [None, "", [], {}, [1, 2], ["a", None], {"a": 1}, [["a"]]])
def test_what_no_question_can_have_for_an_answer_is_invalid(answer: Any) -> None:
    with pytest.raises(InvalidInput, match=r"\$\.correct_answers\.q9"):
        inline_definition("quiz", {"q1": True, "q9": answer})


def _outcome(right: Any, given_answer: Any) -> Score | InvalidInput:
    try:
        return score(inline_definition("quiz", {"q1": right}), {"q1": given_answer})
    except InvalidInput as refusal:
        return refusal


@given(json_values, json_values)
def test_any_key_at_all_is_either_used_or_refused(right: Any, given_answer: Any) -> None:
    assert isinstance(_outcome(right, given_answer), Score | InvalidInput)
