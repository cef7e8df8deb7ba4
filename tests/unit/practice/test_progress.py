from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from msgspec.structs import replace

from quiz.keys import Matching, MultipleChoice, Ordering, SingleChoice
from quiz.practice.memory import reviewed
from quiz.practice.practising import practise
from quiz.practice.progress import answered, selected
from quiz.practice.sessions import Asked
from quiz.questions import Question
from quiz.scoring import ALL, grade
from tests.unit.builders import question
from tests.unit.practice.support import NOW, session
from tests.unit.strategies import questions_with_right_answer

ASKED = Asked(place=0, question_id="q1", origin="new", step=1)


@pytest.mark.parametrize(
    ("key", "options", "answers", "answer"),
    [
        (SingleChoice("a"), "a b", ["b"], "b"),
        (SingleChoice("a"), "a b", ["a", "b"], None),
        (SingleChoice("a"), "a b", [], None),
        (None, "", [True], True),
        (MultipleChoice(("a",)), "a b", ["a"], ["a"]),
        (MultipleChoice(("a", "b")), "a b", ["b", "a"], ["b", "a"]),
        (MultipleChoice(("a",)), "a b", [], []),
        (Ordering(("a", "b")), "a b", ["b", "a"], ["b", "a"]),
        (Matching({"a": "1"}), "a", [{"a": "1"}], {"a": "1"}),
    ],
)
def test_selected(key: Any, options: str, answers: list[Any], answer: Any) -> None:
    assert selected(question(key, options), answers) == answer


@given(questions_with_right_answer())
def test_the_right_answer_can_be_sent_for_every_type(pair: tuple[Question, Any]) -> None:
    asked, right = pair
    sent = right if isinstance(asked.key, MultipleChoice | Ordering) else [right]
    assert grade(asked, selected(asked, list(sent))) == ALL


@pytest.mark.parametrize("correct", [True, False])
def test_the_first_answer_makes_a_memory(correct: bool) -> None:
    found = answered(practise(session(asked=ASKED), ASKED, correct), question(), None, "ann", 9, NOW)
    assert found.memory == reviewed(None, correct, NOW)
    assert (found.is_first, found.is_new_memory, found.seconds, found.at) == (True, True, 9, NOW)
    assert (found.category, found.difficulty, found.correct) == ("general", 2, correct)


def test_what_was_remembered_is_built_upon() -> None:
    before = reviewed(None, True, NOW - 3 * 86_400)
    due = replace(ASKED, origin="due")
    found = answered(practise(session(0, 1, "spaced", asked=due), due, True), question(), before, "ann", 9, NOW)
    assert found.memory == reviewed(before, True, NOW)
    assert not found.is_new_memory


@pytest.mark.parametrize("again", [replace(ASKED, misses=1), replace(ASKED, origin="pool")])
def test_no_other_answer_touches_the_memory(again: Asked) -> None:
    assert answered(practise(session(asked=again), again, True), question(), None, "ann", 9, NOW).memory is None


@pytest.mark.parametrize(
    ("before", "correct", "ability"), [((0, 0), True, "0.5"), ((3, 2), True, "0.6667"), ((3, 2), False, "0.6667")]
)
def test_ability_is_what_the_others_show(before: tuple[int, int], correct: bool, ability: str) -> None:
    begun = session(asked=ASKED, answered=before[0], correct=before[1])
    found = answered(practise(begun, ASKED, correct), question(), None, "ann", 9, NOW)
    assert found.ability == Decimal(ability)
