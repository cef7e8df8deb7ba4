"""What a format cannot say comes back, unless somebody has edited what it says."""

from decimal import Decimal

from quiz.keys import SingleChoice, TrueFalse
from quiz.questions import Option, Question
from tests.unit.bank.support import only
from tools.bank.formats import gift

ODD = Question(
    question_id="odd",
    text="Which one?",
    key=SingleChoice(correct="b", partial={"b": Decimal("0.5")}),
    text_format="moodle",
    options=(Option("a", " edged "), Option("b", "plain")),
)


def test_ordinary_questions_need_nothing_beside_them() -> None:
    assert "[exact:" not in gift.write([Question(question_id="q", text="Is it?", key=TrueFalse(correct=True))])


def test_odd_ones_come_back_whole() -> None:
    written = gift.write([ODD])
    assert "[exact:" in written
    assert only("gift", written) == ODD


def test_an_edit_counts_more_than_what_was_kept() -> None:
    edited = only("gift", gift.write([ODD]).replace("edged", "edited"))
    assert [option.text for option in edited.options] == ["edited", "plain"]
    # The key was not touched.
    assert edited.key == ODD.key
