"""After the submission: what would have been right, and what the author says of the answer that was given."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.feedback import correct_answer, feedback
from quiz.keys import (
    Key,
    Matching,
    MultipleChoice,
    Numeric,
    NumericAnswer,
    Ordering,
    ShortText,
    SingleChoice,
    TextAnswer,
    TrueFalse,
)
from quiz.questions import Question
from quiz.scoring import ALL, grade
from tests.unit.builders import question
from tests.unit.strategies import answers_to, questions, questions_with_right_answer

ONE, MANY = (
    SingleChoice(correct="a", feedback={"a": "A!", "b": "B!"}),
    MultipleChoice(correct=("a", "c"), feedback={"b": "B!", "a": "A!"}),
)
YES = TrueFalse(correct=True, if_right="right", if_wrong="wrong")
NUMBER = Numeric(
    (
        NumericAnswer(value=Decimal(10), tolerance=Decimal(5), credit=Decimal("0.5"), feedback="near"),
        NumericAnswer(minimum=Decimal("9.5"), maximum=Decimal("10.5"), feedback="there"),
    )
)
WORD = ShortText((TextAnswer(text="sun", credit=Decimal("0.5"), feedback="in short"), TextAnswer(text="The  Sun")))


@pytest.mark.parametrize(
    ("key", "answer", "words"),
    [
        (ONE, "b", "B!"),
        (ONE, "c", ""),
        (ONE, ["b"], ""),
        (ONE, {"b": 1}, ""),
        (MANY, ["b", "a"], "A!\nB!"),
        (MANY, ["a", "a", "z"], "A!"),
        (MANY, "b", "B!"),
        (MANY, 7, ""),
        (YES, True, "right"),
        (YES, "true", "right"),
        (YES, False, "wrong"),
        (YES, "perhaps", "wrong"),
        (NUMBER, 10, "there"),
        (NUMBER, "12", "near"),
        (NUMBER, 99, ""),
        (WORD, "SUN", "in short"),
        (WORD, "the sun", ""),
        (WORD, "moon", ""),
        (Ordering(order=("a", "b", "c")), ["a", "b", "c"], ""),
        (Matching(pairs={"a": "1"}), {"a": "1"}, ""),
    ],
)
def test_the_words_belong_to_the_answer(key: Key, answer: Any, words: str) -> None:
    assert feedback(question(key, "a b c"), answer) == words


@pytest.mark.parametrize("key", [ONE, MANY, YES, NUMBER, WORD])
def test_nothing_is_said_where_nothing_was_answered(key: Key) -> None:
    assert feedback(question(key, "a b c"), None) == ""


@pytest.mark.parametrize(
    ("key", "right"),
    [
        (ONE, "a"),
        (MANY, ["a", "c"]),
        (YES, True),
        (NUMBER, {"minimum": Decimal("9.5"), "maximum": Decimal("10.5")}),
        (Numeric((NumericAnswer(value=Decimal("3.14")),)), Decimal("3.14")),
        (WORD, "The  Sun"),
        (Ordering(order=("b", "a")), ["b", "a"]),
        (Matching(pairs={"a": "1"}, distractors=("2",)), {"a": "1"}),
    ],
)
def test_the_right_answer(key: Key, right: Any) -> None:
    assert correct_answer(key) == right


@given(questions_with_right_answer())
def test_what_is_said_to_be_right_earns_as_much_as_can_be_earned(pair: tuple[Question, Any]) -> None:
    asked, _ = pair
    right = correct_answer(asked.key)
    if isinstance(asked.key, Numeric) and isinstance(right, dict):
        right = right["minimum"]
    assert grade(asked, right) == ALL


@given(st.data())
def test_whatever_was_answered_there_is_a_word_or_none(data: st.DataObject) -> None:
    asked = data.draw(questions)
    assert isinstance(feedback(asked, data.draw(answers_to(asked))), str)
