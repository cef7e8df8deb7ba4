"""GIFT by Moodle's rules, one at a time."""

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
from quiz.scoring import grade
from tests.unit.bank.support import key, only, refusals
from tools.bank.formats import gift
from tools.bank.identity import content_id
from tools.bank.results import Parsed


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Who?{~A =B ~C}", SingleChoice(correct="b")),
        ("Who?{~A =B ~%50%C}", SingleChoice(correct="b", partial={"c": Decimal("0.5")})),
        ("Who?{=A =B ~C}", SingleChoice(correct="a", partial={"b": Decimal(1)})),
        ("Who?{=%100%A ~B#no}", SingleChoice(correct="a", feedback={"b": "no"})),
        ("Is it?{true}", TrueFalse(correct=True)),
        ("Is it?{F#because#well done####Why}", TrueFalse(correct=False, if_right="well done", if_wrong="because")),
        ("Is it?{T##well done}", TrueFalse(correct=True, if_right="well done")),
        ("Pi?{#3.14:0.01}", Numeric((NumericAnswer(value=Decimal("3.14"), tolerance=Decimal("0.01")),))),
        ("Pi?{#-1e1..-3}", Numeric((NumericAnswer(minimum=Decimal(-10), maximum=Decimal(-3)),))),
        ("Pi?{#=3.1#near =%40%3}", Numeric((
            NumericAnswer(value=Decimal("3.1"), feedback="near"),
            NumericAnswer(value=Decimal(3), credit=Decimal("0.4")),
        ))),
        ("Pi?{#=3 ~#}", Numeric((NumericAnswer(value=Decimal(3)),))),
        ("Pair.{=a -> 1 =b->2 = -> 3}", Matching(pairs={"a": "1", "b": "2"}, distractors=("3",))),
    ],
)  # fmt: skip
def test_each_kind_of_answer(text: str, wanted: Any) -> None:
    assert key("gift", text) == wanted


def test_percentages_without_a_right_answer_are_weights() -> None:
    weights = {"a": Decimal("0.5"), "b": Decimal("0.5"), "c": Decimal(-1)}
    wanted = MultipleChoice(correct=("a", "b"), partial_credit="weighted", weights=weights)
    assert key("gift", "Which?{~%50%A ~%50%B ~%-100%C ~D}") == wanted


@pytest.mark.parametrize("share", ["33.33333", "33.3", "33"])
def test_all_right_answers_together_are_worth_everything(share: str) -> None:
    question = only("gift", f"Which?{{~%{share}%A ~%{share}%B ~%-{share}%C ~%{share}%D}}")
    assert grade(question, ["a", "b", "d"]) == 1
    assert grade(question, ["a", "b"]) < 1


def test_weights_that_add_up_to_less_on_purpose_stay_as_they_are() -> None:
    weights = {"a": Decimal("0.5"), "b": Decimal("0.4")}
    assert key("gift", "Which?{~%50%A ~%40%B ~C}").weights == weights


def test_a_note_gives_another_rule_in_place_of_weights() -> None:
    text = "// [partial_credit:per_correct] [options:x y z]\nWhich?{~%50%A ~%50%B ~%-100%C}"
    assert key("gift", text) == MultipleChoice(correct=("x", "y"), partial_credit="per_correct")


def test_notes_say_what_gift_cannot() -> None:
    text = r"""// [id:q7] [tag:two words] [tag:a\]b] [difficulty:4] [points:2.5]
// [version:3] [media:m/1.png] [case_sensitive:true] [note of our own] [unknown:x]
::Title::[markdown]What\n*now*?{=A####Because}"""
    question = only("gift", text)
    assert (question.question_id, question.tags, question.difficulty) == ("q7", ("two words", "a]b"), 4)
    assert (question.points, question.version, question.media_key) == (Decimal("2.5"), 3, "m/1.png")
    assert (question.title, question.text, question.text_format) == ("Title", "What\n*now*?", "markdown")
    assert question.explanation == "Because"
    assert question.key == ShortText(accepted=(TextAnswer("A"),), case_sensitive=True)


def test_a_question_without_an_id_is_named_after_its_content() -> None:
    question = only("gift", "Who?{=A ~B}")
    assert question.question_id == content_id(question)
    assert question == only("gift", "// some remark\n\nWho?{\n\t=A\n\t~B\n}\n")
    assert question.question_id != only("gift", "Who?{=A ~C}").question_id


@pytest.mark.parametrize(
    ("line", "category"),
    [
        ("$CATEGORY: geography", "geography"),
        ("$CATEGORY: $course$/top/geography/rivers", "geography/rivers"),
        ("$CATEGORY:$course$/top", "general"),
        ("$CATEGORY: top/a b", "a b"),
    ],
)
def test_a_category_holds_until_the_next(line: str, category: str) -> None:
    results = gift.read(f"{line}\n\nA?{{T}}\n\n// [category:own]\nB?{{T}}\n\nC?{{T}}\n")
    assert [result.question.category for result in results if isinstance(result, Parsed)] == [
        category,
        "own",
        category,
    ]


def test_what_stands_behind_the_answers_makes_a_blank() -> None:
    assert only("gift", "Two and {=two ~three} is four.").text == "Two and _____ is four."


def test_special_characters_are_escaped() -> None:
    question = only("gift", r"f\{x\} \= \#1 \~ a\:b \\ \frac\nend{=\=1 ~a\->b}")
    assert question.text == "f{x} = #1 ~ a:b \\ \\frac\nend"
    assert [option.text for option in question.options] == ["=1", r"a\->b"]


def test_ordering_is_read_as_the_plugin_writes_it() -> None:
    question = only("gift", "::T::Sort{>3 ALL VERTICAL ABSOLUTE_POSITION SHOW\nfirst = 1\nsecond\nthird\n}")
    assert isinstance(question.key, Ordering)
    text = {option.id: option.text for option in question.options}
    assert [text[option] for option in question.key.order] == ["first = 1", "second", "third"]
    assert question.key.partial_credit == "per_position"


def test_neither_the_order_of_options_nor_their_ids_give_an_order_away() -> None:
    orders = set()
    for number in range(30):
        question = only("gift", f"Sort{{>\n{number} one\n{number} two\n{number} three\n}}")
        assert [option.id for option in question.options] == ["a", "b", "c"]
        orders.add(question.key.order)  # type: ignore[union-attr]
    assert len(orders) == 6


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Write.{}", "essay: "),
        ("Just so you know.", "description: "),
        ("Ends {=a} and begins {=b}", "cloze: "),
        ("Never closed {=a", "the braces do not pair up"),
        ("Closed before } it { opens", "the braces do not pair up"),
        ("Which?{~a ~b}", "no answer is marked as right"),
        ("What?{=*}", "wildcard: "),
        ("What?{=a =%0%*#no}", "wildcard: "),
        ("What?{=a =%0%b}", "credit is above 0"),
        ("Pi?{#=3 ~#no}", "wildcard: "),
        ("Pi?{#*}", "wildcard: "),
        ("Pi?{#three}", "not a number: 'three'"),
        ("Pi?{#}", "no number is given"),
        ("Pair.{=a -> 1 =b}", "matching: "),
        ("Which?{=a ~%150%b}", "partial credit is between"),
        ("// [difficulty:hard]\nIs it?{T}", "[difficulty:hard] is not a whole number"),
        ("// [difficulty:9]\nIs it?{T}", "<= 5"),
        ("// [points:x]\nIs it?{T}", "[points:x] is not a number"),
        ("// [id:a b]\nIs it?{T}", "an id has 1 to 128"),
        ("// [options:x y]\nWho?{=a ~b ~c}", "2 option ids are given for 3 options"),
        ("// [order:x y] [options:x z]\nSort{>\na\nb\n}", "do not name each item once"),
        ("// [exact:nonsense]\nIs it?{T}", "JSON is malformed"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(text: str, reason: str) -> None:
    [(line, said)] = refusals("gift", f"\n\nFine?{{T}}\n\n{text}\n\nFine, too?{{F}}\n")
    assert line == 5 + text.startswith("//")
    assert reason in said


def test_lines_end_in_every_way_that_lines_end() -> None:
    assert only("gift", "// [id:x]\r\nWho?{\r\n=A\r\n~B\r\n}\r\n") == only("gift", "// [id:x]\rWho?{\r=A\r~B\r}\r")


def test_a_long_file_is_read_to_its_end() -> None:
    results = gift.read("".join(f"// [id:q{number}]\nQuestion {number}?{{T}}\n\n" for number in range(17_000)))
    assert len(results) == 17_000
    assert results[-1].line == 3 * 16_999 + 2
