"""The totals of a whole quiz."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.keys import MultipleChoice
from quiz.numbers import exact
from quiz.questions import Question
from quiz.scoring import grade, score
from tests.unit.builders import definition, question
from tests.unit.strategies import answers_to, questions_with_right_answer

THIRDS = MultipleChoice(correct=("a", "b", "c"), partial_credit="per_correct")


@st.composite
def quizzes(draw: Any) -> tuple[Question, ...]:
    """A few questions with ids of their own."""
    number = draw(st.integers(min_value=1, max_value=4))
    pairs = [draw(questions_with_right_answer(st.just(f"q{i}"))) for i in range(number)]
    return tuple(asked for asked, _ in pairs)


def test_points_weigh_the_questions() -> None:
    result = score(definition(question(question_id="q1", points=1), question(question_id="q2", points=3)), {"q2": True})
    assert (result.earned, result.possible, result.percentage) == (Decimal(3), Decimal(4), Decimal(75))
    assert result.shares == {"q1": 0, "q2": 1}


def test_thirds_are_added_up_before_they_are_rounded() -> None:
    asked = [question(THIRDS, "a b c", question_id=f"q{i}") for i in range(3)]
    result = score(definition(*asked), {f"q{i}": ["a"] for i in range(3)})
    assert result.shares == dict.fromkeys(["q0", "q1", "q2"], Decimal("0.3333"))
    assert result.earned == 1
    assert result.percentage == Decimal("33.33")


def test_ids_that_the_quiz_lacks_are_reported_and_earn_nothing() -> None:
    known = score(definition(), {"q1": True})
    result = score(definition(), {"zzz": True, "q1": True, "": None, "Q1": True})
    assert result.unknown == ("", "Q1", "zzz")
    assert (result.earned, result.possible, result.shares) == (known.earned, known.possible, known.shares)


def test_no_answers_at_all_are_a_score_of_zero() -> None:
    result = score(definition(question(points=5)), {})
    assert (result.earned, result.possible, result.percentage) == (Decimal(0), Decimal(5), Decimal(0))


@given(st.data(), quizzes())
def test_the_sum_is_that_of_the_parts(data: st.DataObject, asked: tuple[Question, ...]) -> None:
    answers = {q.question_id: data.draw(answers_to(q)) for q in asked if data.draw(st.booleans())}
    result = score(definition(*asked), answers)
    earned = sum(grade(q, answers.get(q.question_id)) * Fraction(q.points) for q in asked)
    assert abs(Fraction(result.earned) - earned) <= Fraction(1, 20_000)
    assert result.possible == sum(q.points for q in asked)
    assert 0 <= result.percentage <= 100
    assert result.shares == {q.question_id: exact(grade(q, answers.get(q.question_id)), 4) for q in asked}
    assert result.unknown == ()


@given(quizzes(), st.dictionaries(st.text(min_size=5), st.none() | st.booleans() | st.text()))
def test_unknown_ids_change_nothing_else(asked: tuple[Question, ...], strangers: dict[str, Any]) -> None:
    result, without = score(definition(*asked), strangers), score(definition(*asked), {})
    assert result.unknown == tuple(sorted(strangers))
    assert (result.earned, result.shares) == (without.earned, without.shares)


@pytest.mark.parametrize(
    ("fraction", "places", "text"),
    [
        (Fraction(1, 3), 4, "0.3333"),
        (Fraction(2, 3), 4, "0.6667"),
        (Fraction(1, 8), 2, "0.12"),
        (Fraction(3, 8), 2, "0.38"),
        (Fraction(1, 2), 4, "0.5"),
        (Fraction(0), 4, "0"),
        (Fraction(100), 2, "100"),
        (Fraction(200_000), 4, "200000"),
        (Fraction(1, 100_000), 4, "0"),
    ],
)
def test_decimals_are_rounded_half_to_even_and_written_plainly(fraction: Fraction, places: int, text: str) -> None:
    assert str(exact(fraction, places)) == text
