"""Names made from content, and the other pure rules of the bank."""

from decimal import Decimal

import msgspec
import pytest
from hypothesis import given

from quiz.bank import Changes, changes, sample_key
from quiz.errors import InvalidInput
from quiz.identity import content_hash, content_id
from quiz.questions import Question, Quiz
from tests.unit import builders
from tests.unit.strategies import questions
from tools.bank import identity as of_tools


@given(questions)
def test_tools_and_the_api_give_the_same_names(question: Question) -> None:
    assert content_id("q", question) == of_tools.content_id(question)


def test_names_and_versions_are_no_content() -> None:
    question = builders.question()
    renamed = msgspec.structs.replace(question, question_id="other", version=7)
    assert content_hash(question) == content_hash(renamed)
    assert content_hash(question) != content_hash(msgspec.structs.replace(question, text="Other?"))


def test_equal_numbers_are_equal_content() -> None:
    one, other = (builders.question(points=Decimal(text)) for text in ("1.50", "15E-1"))
    assert content_hash(one) == content_hash(other)


def test_quizzes_have_names_too() -> None:
    quiz = Quiz(quiz_id="a", question_ids=("q1", "q2"))
    assert content_id("quiz", quiz) == content_id("quiz", msgspec.structs.replace(quiz, quiz_id="b"))
    assert content_id("quiz", quiz) != content_id("quiz", msgspec.structs.replace(quiz, question_ids=("q2", "q1")))


def test_what_comes_and_goes() -> None:
    assert changes("abc", "cdb") == Changes(added=("d",), removed=("a",))
    assert changes("", "ab") == Changes(added=("a", "b"))
    assert changes("ab", "ba") == Changes()


def test_a_save_holds_ninety_nine_changes() -> None:
    names = [f"q{i}" for i in range(100)]
    assert len(changes(names[:49], names[49:99]).added) == 50
    with pytest.raises(InvalidInput, match="100 questions come or go"):
        changes(names[:50], names[50:])


def test_sample_keys_are_spread_evenly() -> None:
    keys = [sample_key(f"q{i}") / 2**48 for i in range(4000)]
    for low in (0.0, 0.25, 0.5, 0.75):
        assert 850 < sum(low <= key < low + 0.25 for key in keys) < 1150
