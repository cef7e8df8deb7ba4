"""The contract of version 1: what is read, and what each refusal says."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.errors import InvalidInput, MalformedJson, Rejected, TooLarge, UnsupportedVersion
from quiz.submissions import MAX_BYTES, Submission, parse
from quiz.times import timestamp
from tests.unit.builders import body, body_with_answer, submission


def test_a_good_body_is_read_field_by_field() -> None:
    read = parse(body(answers={"q1": "a", "q2": [1, None, {"x": True}]}))
    assert read == Submission(
        schema_version=1,
        submission_id="sub-1",
        student_id="student-1",
        quiz_id="quiz",
        answers={"q1": "a", "q2": [1, None, {"x": True}]},
        submitted_at=datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"answers": {}},
        {"answers": {"Größe 1": "\x00\n"}},
        {"answers": {str(i): i for i in range(1000)}},
        {"submission_id": "x" * 128, "student_id": "a@b.example/!~", "quiz_id": "~"},
        {"submitted_at": "2026-03-04T05:06:07.123456+14:00"},
        {"submitted_at": "0001-01-01T00:00:00Z"},
        {"correct_answers": {"q1": "a"}},
        {"correct_answers": None},
    ],
)
def test_the_edges_of_the_contract_are_inside(changes: dict[str, Any]) -> None:
    assert parse(body(**changes)).schema_version == 1


def test_numbers_are_exact_and_spelt_one_way() -> None:
    answers = parse(body_with_answer("[0.1, 1.50, 100, 1e2, -0.0, 12345678901234567890123]")).answers
    assert answers == {"q1": [Decimal("0.1"), Decimal("1.5"), 100, 100, 0, 12345678901234567890123]}
    assert [type(number) for number in answers["q1"]] == [Decimal, Decimal, int, int, int, int]


MALFORMED = [
    "",
    " ",
    "{",
    "nonsense",
    "{'a': 1}",
    body()[:-1],
    body() + "}",
    "\ufeff" + body(),
    body_with_answer("NaN"),
    body_with_answer("Infinity"),
    body_with_answer("-Infinity"),
    body_with_answer("01"),
    body_with_answer('"\\ud800"'),
    body_with_answer('"\\udc00\\ud800"'),
    body_with_answer('"\x01"'),
    body(student_id="@").replace("@", "\ud800"),
    "\udfff",
]


@pytest.mark.parametrize("text", MALFORMED)
def test_what_is_not_json_is_malformed(text: str) -> None:
    with pytest.raises(MalformedJson):
        parse(text)


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"submission_id": ...}, "missing required field `submission_id`"),
        ({"student_id": ...}, "missing required field `student_id`"),
        ({"quiz_id": ...}, "missing required field `quiz_id`"),
        ({"answers": ...}, "missing required field `answers`"),
        ({"submitted_at": ...}, "missing required field `submitted_at`"),
        ({"schema_version": ...}, "missing required field `schema_version`"),
        ({"grade": 100}, "unknown field `grade`"),
        ({"schema_version": "1"}, "$.schema_version"),
        ({"schema_version": None}, "$.schema_version"),
        ({"schema_version": True}, "$.schema_version"),
        ({"submission_id": 7}, "$.submission_id"),
        ({"submission_id": ""}, "$.submission_id"),
        ({"submission_id": "x" * 129}, "$.submission_id"),
        ({"student_id": None}, "$.student_id"),
        ({"student_id": ""}, "$.student_id"),
        ({"student_id": "a b"}, "$.student_id"),
        ({"student_id": "zoë"}, "$.student_id"),
        ({"student_id": "a\n"}, "$.student_id"),
        ({"student_id": "a\u0000"}, "$.student_id"),
        ({"quiz_id": ["quiz"]}, "$.quiz_id"),
        ({"quiz_id": ""}, "$.quiz_id"),
        ({"quiz_id": " quiz"}, "$.quiz_id"),
        ({"answers": None}, "$.answers"),
        ({"answers": [1]}, "$.answers"),
        ({"answers": "q1"}, "$.answers"),
        ({"answers": {"": 1}}, "`key` in `$.answers`"),
        ({"answers": {"x" * 129: 1}}, "`key` in `$.answers`"),
        ({"answers": {str(i): i for i in range(1001)}}, "$.answers"),
        ({"submitted_at": "2026-03-04T05:06:07"}, "$.submitted_at"),
        ({"submitted_at": "2026-03-04"}, "$.submitted_at"),
        ({"submitted_at": "yesterday"}, "$.submitted_at"),
        ({"submitted_at": "2026-02-30T05:06:07Z"}, "$.submitted_at"),
        ({"submitted_at": 1772600767}, "$.submitted_at"),
        ({"submitted_at": "0001-01-01T00:00:00+23:59"}, "$.submitted_at"),
        ({"submitted_at": "9999-12-31T23:59:59-23:59"}, "$.submitted_at"),
        ({"correct_answers": ["a"]}, "$.correct_answers"),
    ],
)
def test_the_refusal_names_the_path_of_the_fault(changes: dict[str, Any], where: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        parse(body(**changes))
    assert where in str(refusal.value)


@pytest.mark.parametrize("text", ["[]", "1", '"text"', "null", "true"])
def test_json_that_is_no_object_is_invalid(text: str) -> None:
    with pytest.raises(InvalidInput, match="Expected `object`"):
        parse(text)


@pytest.mark.parametrize("version", [0, 2, -1, 10**30])
def test_another_version_is_told_apart_from_a_broken_body(version: int) -> None:
    with pytest.raises(UnsupportedVersion, match=f"schema_version {version} is not supported"):
        parse(body(schema_version=version, something_new=[1]))


def _padded_to(size: int) -> str:
    padding = size - len(body(answers={"q1": ""}).encode())
    # Two bytes each in UTF-8, so the text has far fewer characters than bytes.
    text = "é" * (padding // 2) + "e" * (padding % 2)
    return json.dumps(submission(answers={"q1": text}), ensure_ascii=False)


def test_the_size_is_that_in_bytes_not_in_characters() -> None:
    largest, too_large = _padded_to(MAX_BYTES), _padded_to(MAX_BYTES + 1)
    assert parse(largest).student_id == "student-1"
    assert len(too_large) < MAX_BYTES
    with pytest.raises(TooLarge, match=f"{MAX_BYTES + 1} bytes"):
        parse(too_large)


def _outcome(text: str) -> Submission | Rejected:
    try:
        return parse(text)
    except Rejected as refusal:
        return refusal


@given(st.text() | st.text(alphabet='{}[]":,1e-.\\u\ud800 nulltrefas'))
def test_any_text_is_either_read_or_rejected(text: str) -> None:
    with pytest.raises(Rejected):
        parse(text)


@given(st.data())
def test_a_good_body_with_any_damage_is_either_read_or_rejected(data: st.DataObject) -> None:
    good = body(answers={"q1": [1.5, "é", {"a": None}]}, correct_answers={"q1": ["a"]})
    start = data.draw(st.integers(0, len(good)))
    end = data.draw(st.integers(start, min(len(good), start + 5)))
    damaged = good[:start] + data.draw(st.text(max_size=5)) + good[end:]
    assert isinstance(_outcome(damaged), Submission | Rejected)


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        ("2026-03-04T05:06:07Z", "2026-03-04T05:06:07.000Z"),
        ("2026-03-04T05:06:07.123999Z", "2026-03-04T05:06:07.123Z"),
        ("2026-03-04T00:30:00+01:00", "2026-03-03T23:30:00.000Z"),
        ("0099-01-01T00:00:00Z", "0099-01-01T00:00:00.000Z"),
    ],
)
def test_timestamps_are_utc_with_milliseconds_and_of_fixed_width(moment: str, text: str) -> None:
    assert timestamp(datetime.fromisoformat(moment)) == text
