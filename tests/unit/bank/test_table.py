"""Tables as teachers and their spreadsheets write them."""

from decimal import Decimal
from typing import Any

import pytest

from quiz.keys import (
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
from quiz.questions import Option, Question
from tests.unit.bank.support import key, only, refusals
from tools.bank.formats import table

HALF = Decimal("0.5")


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        ("single choice,Who?,A | B,b,,", SingleChoice(correct="b")),
        ("single_choice,Who?,A | B,A,| 50%,yes | no",
         SingleChoice(correct="a", partial={"b": HALF}, feedback={"a": "yes", "b": "no"})),
        ("Multiple-Choice,Who?,A|B|C,a|B,,", MultipleChoice(correct=("a", "b"))),
        ("multiple_choice,Who?,A|B|C,,50% | 50% | -25.0%,", MultipleChoice(
            correct=("a", "b"), partial_credit="weighted", weights={"a": HALF, "b": HALF, "c": Decimal("-0.25")})),
        ("true_false,Is it?,,Yes,,right | wrong", TrueFalse(correct=True, if_right="right", if_wrong="wrong")),
        ("numeric,Pi?,,3.14:0.01 | 3..4,| 50%,", Numeric((
            NumericAnswer(value=Decimal("3.14"), tolerance=Decimal("0.01")),
            NumericAnswer(minimum=Decimal(3), maximum=Decimal(4), credit=HALF)))),
        ("numeric,Half?,,-5,,", Numeric((NumericAnswer(value=Decimal(-5)),))),
        (r"short_text,Where?,,here | in\|out,100% | 50%,", ShortText((TextAnswer("here"), TextAnswer("in|out", HALF)))),
        ("ordering,Sort,A|B,b|a,,", Ordering(order=("b", "a"))),
        ("matching,Pair,A|B|C,1||3,,", Matching(pairs={"a": "1", "c": "3"})),
    ],
)  # fmt: skip
def test_each_type(cells: str, wanted: Any) -> None:
    assert key("csv", f"Type,Text,Options,Correct,Credit,Feedback\n{cells}\n") == wanted


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("hint", [False, True])
def test_the_delimiter_is_found_out(delimiter: str, hint: bool) -> None:
    heading = delimiter.join(("type", "text", "options", "correct", "_my notes"))
    row = delimiter.join(("single_choice", '"Who; he, or\tshe?"', '"he\nshe"', "she", "remark"))
    before = f"sep={delimiter}\r\n" if hint else ""
    question = only("csv", f"{before}{heading}\r\n\r\n{row}\r\n")
    assert question.text == "Who; he, or\tshe?"
    assert question.options == (Option("a", "he"), Option("b", "she"))
    assert question.key == SingleChoice(correct="b")


def test_lines_are_counted_over_breaks_in_cells() -> None:
    text = 'type,text,correct\ntrue_false,"one\ntwo\nthree",yes\n\ntrue_false,Is it?,perhaps\n'
    assert refusals("csv", text) == [(6, "neither true nor false: 'perhaps'")]


@pytest.mark.parametrize("text", ["=1+2", "+1", "-x", "@x", "'=1", "''-", "\t1", "'plain"])
def test_no_cell_is_a_formula(text: str) -> None:
    question = Question(question_id="q", text=text, key=TrueFalse(correct=True), title=text)
    written = table.write([question])
    assert f",{text}," not in written or text == "'plain"
    assert only("csv", written) == question


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("type,text,corect\n", 1, "unknown columns: corect"),
        ("type,type,text\n", 1, "two columns have the same name"),
        ("type,correct\n", 1, "lacks the columns: text"),
        ("", 1, "lacks the columns: type, text"),
        ("type,text\nessay,Write\n", 2, "type is one of single_choice"),
        ("type,text\ntrue_false,a,b\n", 2, "more cells than columns"),
        ("type,text,options,correct\nsingle_choice,?,A|B,A|B\n", 2, "one correct option, not 2"),
        ("type,text,options,correct\nsingle_choice,?,A|B,C\n", 2, "lacks: C"),
        ("type,text,options,correct,credit\nsingle_choice,?,A|B,A,|0.5\n", 2, "a percentage such as 50%"),
        ("type,text,options,correct,credit\nsingle_choice,?,A|B,A,||50%\n", 2, "credit lists 3 items for 2"),
        ("type,text,correct,difficulty\ntrue_false,?,t,1.5\n", 2, "difficulty: '1.5' is not a whole number"),
        ("type,text,correct,points\ntrue_false,?,t,many\n", 2, "points: 'many' is not a number"),
        ('type,text,correct\nnumeric,?,"3,5"\n', 2, "not a number: '3,5'"),
    ],
)
def test_what_a_row_lacks_is_said(text: str, line: int, reason: str) -> None:
    [(refused_line, said)] = refusals("csv", text)
    assert refused_line == line
    assert reason in said
