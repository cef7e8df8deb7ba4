"""Moodle XML as Moodle exports it, and as an attacker would write it."""

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
from tests.unit.bank.support import key, only, refusals
from tools.bank.formats import moodle_xml
from tools.bank.formats.moodle_xml import tree
from tools.bank.results import Parsed

HALF = Decimal("0.5")


def _quiz(kind: str, inside: str) -> str:
    stem = '<questiontext format="html"><text><![CDATA[<p>What & why?</p>]]></text></questiontext>'
    return f'<?xml version="1.0"?>\n<quiz>\n<question type="{kind}">{stem}{inside}</question></quiz>'


def _answer(fraction: object, text: str, beside: str = "") -> str:
    return f'<answer fraction="{fraction}"><text> {text}\n</text>{beside}</answer>'


FEEDBACK = "<feedback><text>So.</text></feedback>"


@pytest.mark.parametrize(
    ("kind", "inside", "wanted"),
    [
        ("multichoice", _answer(100, "A", FEEDBACK) + _answer(50, "B") + _answer(0, "C"),
         SingleChoice(correct="a", partial={"b": HALF}, feedback={"a": "So."})),
        ("multichoice", "<single>false</single>" + _answer(50, "A") + _answer(50, "B") + _answer("-100", "C"),
         MultipleChoice(("a", "b"), "weighted", {"a": HALF, "b": HALF, "c": Decimal(-1)})),
        ("truefalse", _answer(0, "false") + _answer(100, "true", FEEDBACK), TrueFalse(correct=True, if_right="So.")),
        ("truefalse", _answer(0, "Vrai") + _answer(100, "Faux"), TrueFalse(correct=False)),
        ("shortanswer", "<usecase>1</usecase>" + _answer(100, r"a\*b") + _answer("33.333", "c"),
         ShortText((TextAnswer("a*b"), TextAnswer("c", Decimal("0.33333"))), case_sensitive=True)),
        ("numerical", _answer(100, "3.14", "<tolerance>0.01</tolerance>") + _answer(50, "3"),
         Numeric((NumericAnswer(Decimal("3.14"), Decimal("0.01")), NumericAnswer(Decimal(3), credit=HALF)))),
        ("matching",
         "<subquestion><text>a</text><answer><text>1</text></answer></subquestion>"
         "<subquestion><text></text><answer><text>2</text></answer></subquestion>",
         Matching({"a": "1"}, ("2",))),
    ],
)  # fmt: skip
def test_each_type(kind: str, inside: str, wanted: Any) -> None:
    assert key("moodle-xml", _quiz(kind, inside)) == wanted


def test_ordering_keeps_its_order() -> None:
    items = "".join(_answer(f"{place}.0000000", text) for place, text in enumerate(("one", "two", "three"), start=1))
    question = only("moodle-xml", _quiz("ordering", f"<gradingtype>RELATIVE_NEXT_EXCLUDE_LAST</gradingtype>{items}"))
    assert isinstance(question.key, Ordering)
    text = {option.id: option.text for option in question.options}
    assert [text[option] for option in question.key.order] == ["one", "two", "three"]
    assert question.key.partial_credit == "per_position"


def test_what_belongs_to_every_type() -> None:
    category = '<question type="category"><category><text>$course$/top/history</text></category></question>'
    inside = (
        "<name><text>Title</text></name><generalfeedback><text>Why</text></generalfeedback><idnumber>h1</idnumber>"
        "<defaultgrade>2.0000000</defaultgrade><tags><tag><text>old</text></tag></tags>"
        f"<penalty>0.3333333</penalty><hint><text>Think</text></hint>{_answer(100, 'true')}{_answer(0, 'false')}"
    )
    results = moodle_xml.read(_quiz("truefalse", inside).replace("<quiz>", f"<quiz>{category}"))
    assert isinstance(results[0], Parsed)
    question = results[0].question
    assert (question.question_id, question.title, question.category) == ("h1", "Title", "history")
    assert (question.text, question.text_format) == ("<p>What & why?</p>", "html")
    assert (question.points, question.tags, question.explanation) == (Decimal(2), ("old",), "Why")


@pytest.mark.parametrize(
    ("kind", "inside", "reason"),
    [
        *((kind, "", f"{kind}: ") for kind in ("essay", "description", "cloze", "calculated", "ddwtos", "random")),
        ("multichoice", _answer(50, "A") + _answer(0, "B"), "no answer is marked as right"),
        ("multichoice", _answer("all", "A"), "not a number: 'all'"),
        ("truefalse", _answer(100, "true") + _answer(100, "false"), "one of them worth 100"),
        ("shortanswer", _answer(100, "a") + _answer(0, "*"), "wildcard: "),
        ("numerical", _answer(100, "3") + _answer(0, "*"), "wildcard: "),
        ("numerical", _answer(100, "3") + "<units><unit><unit_name>m</unit_name></unit></units>", "units: "),
        ("truefalse", "<questiontext><text/><file name='a.png'>x</file></questiontext>", "files: "),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(kind: str, inside: str, reason: str) -> None:
    [(line, said)] = refusals("moodle-xml", _quiz(kind, inside))
    assert line == 3
    assert reason in said


@pytest.mark.parametrize(
    "document_type",
    [
        '<!DOCTYPE quiz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE quiz [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE quiz SYSTEM "http://127.0.0.1:9/quiz.dtd">',
        "<!DOCTYPE quiz>",
    ],
)
def test_entities_are_never_declared(document_type: str) -> None:
    text = f"{document_type}\n<quiz><question type='truefalse'>&a;</question></quiz>"
    assert refusals("moodle-xml", text) == [(1, "a document type (DTD) is not taken: it could declare entities")]


@pytest.mark.parametrize("pieces", [1, 5, 1_000])
def test_where_a_file_is_cut_for_reading_changes_nothing(pieces: int, monkeypatch: pytest.MonkeyPatch) -> None:
    one = _quiz("truefalse", _answer(100, "true") + _answer(0, "false")).partition("<quiz>")[2].removesuffix("</quiz>")
    text = f"<quiz>{one.replace('What', 'Wöher 🙂') * 3}<question></quiz>"
    whole = moodle_xml.read(text)
    monkeypatch.setattr(tree, "AT_ONCE", pieces)
    assert moodle_xml.read(text) == whole
    assert [isinstance(result, Parsed) for result in whole] == [True, True, True, False]


def test_what_stands_before_a_fault_is_read() -> None:
    good = _quiz("truefalse", _answer(100, "true") + _answer(0, "false"))
    results = moodle_xml.read(good.replace("</quiz>", "\n<question type=</quiz>"))
    assert isinstance(results[0], Parsed)
    assert [(result.line, getattr(result, "reason", "")) for result in results[1:]] == [
        (6, "not XML from here on: not well-formed (invalid token)")
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<html/>", "the root is <html>"),
        ("<quiz>" + "<a>" * 60, "nested too deep"),
        ("<quiz><p/></quiz>", "<p> is no question"),
        ("", "no element found"),
    ],
)
def test_what_is_no_quiz_is_refused(text: str, reason: str) -> None:
    [(_, said)] = refusals("moodle-xml", text)
    assert reason in said
