"""What Terraform puts into the bank for the canary is a quiz like any other, and yet nobody's."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from adapters.bank import question_item, quiz_item, read_question, read_quiz
from adapters.question_lists import QuestionLists
from adapters.quizzes import Quizzes
from quiz.bank import QuestionDraft, QuizDraft, new_question, new_quiz
from quiz.errors import InvalidInput
from quiz.operations.canary import ANSWER, NAME, QUESTION_ID, QUIZ_ID
from quiz.questions import Definition, Question, Quiz
from quiz.scoring import score
from quiz.submissions import Submission, evaluate
from tests.unit.builders import definition
from tests.unit.operations.canary_items import item
from tools.bank.bank_table import BankTable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def _definition() -> Definition:
    return Definition(read_quiz(item("quiz")), (read_question(item("question")),))


def test_the_items_are_those_of_the_code() -> None:
    filled = _definition()
    assert (filled.quiz.quiz_id, filled.quiz.question_ids) == (QUIZ_ID, (QUESTION_ID,))
    assert [question.question_id for question in filled.questions] == [QUESTION_ID]


def test_the_canary_gets_every_point() -> None:
    sent = Submission(
        schema_version=1,
        submission_id="any",
        student_id=NAME,
        quiz_id=QUIZ_ID,
        answers={QUESTION_ID: ANSWER},
        submitted_at=datetime(2026, 3, 4, tzinfo=UTC),
    )
    scored = evaluate(sent, _definition(), datetime(2026, 3, 4, tzinfo=UTC)).score
    assert scored.earned == scored.possible == 1
    assert scored.percentage == 100
    assert scored.unknown == ()


def test_another_answer_gets_none() -> None:
    """Else a full score would tell nothing."""
    for answer in ("b", "c", None, ["a"]):
        assert score(_definition(), {QUESTION_ID: answer}).percentage == Decimal(0)


def test_the_items_are_as_the_bank_stores_them() -> None:
    filled = _definition()
    assert item("quiz").items() <= quiz_item(filled.quiz).items()
    of_question = item("question")
    # The mark that its quiz leaves on it, so that nobody deletes it.
    assert of_question.pop("used_by") == {"SS": [QUIZ_ID]}
    stored = question_item(filled.questions[0])
    stored["key"]["M"] = {name: stored["key"]["M"][name] for name in of_question["key"]["M"]}
    assert of_question.items() <= stored.items()


def test_it_is_in_no_bucket_and_so_is_never_drawn() -> None:
    """The index of buckets holds only what has both of its keys."""
    assert not {"bucket", "sample_key", "category"} & set(item("question"))


def test_no_author_can_give_such_names() -> None:
    [question] = definition().questions
    said = {name: getattr(question, name) for name in Question.__struct_fields__} | {"question_id": QUESTION_ID}
    with pytest.raises(InvalidInput):
        new_question(QuestionDraft(**said))
    with pytest.raises(InvalidInput):
        new_quiz(QuizDraft(quiz_id=QUIZ_ID, question_ids=("q1",)))


class TestLists:
    @pytest.fixture
    def bank(self, tables: "DynamoDBClient") -> "DynamoDBClient":
        """With one quiz and one question besides."""
        filled = definition()
        tables.put_item(TableName="quizzes", Item=quiz_item(filled.quiz))
        tables.put_item(TableName="questions", Item=question_item(filled.questions[0]))
        tables.put_item(TableName="quizzes", Item=item("quiz"))
        tables.put_item(TableName="questions", Item=item("question"))
        return tables

    def test_of_questions_do_not_show_it(self, bank: "DynamoDBClient") -> None:
        page = QuestionLists(bank, "questions").page((), None, 100)
        assert [question.question_id for question in page.things] == ["q1"]

    def test_of_quizzes_do_not_show_it(self, bank: "DynamoDBClient") -> None:
        quizzes: list[Quiz] = list(Quizzes(bank, "quizzes", "questions").page(None, 100).things)
        assert [quiz.quiz_id for quiz in quizzes] == ["quiz"]

    def test_go_on_where_it_is_the_last_of_a_page(self, bank: "DynamoDBClient") -> None:
        """A page that shows nothing still says where the next one begins."""
        lists = QuestionLists(bank, "questions")
        first = lists.page((), None, 1)
        second = lists.page((), first.rest, 1)
        assert sorted(len(page.things) for page in (first, second)) == [0, 1]
        assert first.rest is not None

    def test_for_export_do_not_hold_it(self, bank: "DynamoDBClient") -> None:
        exported = [found["question_id"]["S"] for page in BankTable(bank, "questions").all() for found in page]
        assert exported == ["q1"]
