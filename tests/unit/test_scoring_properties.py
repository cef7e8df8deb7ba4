"""What holds for any question and any answer."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from quiz.keys import Matching, MultipleChoice
from quiz.questions import Question
from quiz.scoring import grade
from tests.unit.builders import question
from tests.unit.strategies import answers_to, ids, questions, questions_with_right_answer


@given(st.data(), questions)
def test_any_answer_at_all_is_worth_between_nothing_and_everything(data: st.DataObject, asked: Question) -> None:
    answer = data.draw(answers_to(asked))
    assert 0 <= grade(asked, answer) <= 1


@given(questions_with_right_answer())
def test_the_full_right_answer_earns_everything(pair: tuple[Question, Any]) -> None:
    asked, right = pair
    assert grade(asked, right) == 1


@given(questions)
def test_an_unanswered_question_earns_nothing(asked: Question) -> None:
    assert grade(asked, None) == 0


@given(st.data(), questions.filter(lambda q: isinstance(q.key, MultipleChoice)))
def test_the_order_of_marks_does_not_matter(data: st.DataObject, asked: Question) -> None:
    marks = data.draw(st.lists(st.sampled_from([option.id for option in asked.options]) | ids, max_size=8))
    shuffled = data.draw(st.permutations(marks))
    assert grade(asked, shuffled) == grade(asked, marks) == grade(asked, marks + marks)


@given(st.data(), st.dictionaries(ids, st.text(min_size=1), min_size=1, max_size=6))
def test_the_order_of_pairs_does_not_matter(data: st.DataObject, pairs: dict[str, str]) -> None:
    asked = question(Matching(pairs=pairs), " ".join(pairs))
    answer = data.draw(st.dictionaries(st.sampled_from(list(pairs)), st.sampled_from(list(pairs.values()))))
    shuffled = dict(data.draw(st.permutations(list(answer.items()))))
    assert grade(asked, shuffled) == grade(asked, answer)
