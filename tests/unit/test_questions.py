"""What the bank may hold, and what is refused when it is read."""

from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given

from adapters.items import from_item, to_item
from quiz.questions import Question, Quiz
from tests.unit.strategies import questions

OPTIONS = [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]
KEYS: dict[str, dict[str, Any]] = {
    "single_choice": {"correct": "a", "partial": {"b": "0.5"}},
    "multiple_choice": {"correct": ["a"], "partial_credit": "weighted", "weights": {"a": 1, "b": -1}},
    "true_false": {"correct": True},
    "numeric": {"accepted": [{"value": "1.5", "tolerance": "0.1"}, {"minimum": 1, "maximum": 2, "credit": "0.5"}]},
    "short_text": {"accepted": [{"text": "A"}], "case_sensitive": True},
    "ordering": {"order": ["b", "a"], "partial_credit": "per_position"},
    "matching": {"pairs": {"a": "1", "b": "2"}},
}


def _question(kind: str, **changes: Any) -> dict[str, Any]:
    key = {"type": kind, **KEYS[kind], **changes}
    return {"question_id": "q1", "text": "?", "options": OPTIONS, "key": key}


@pytest.mark.parametrize("kind", KEYS)
def test_every_type_can_be_read(kind: str) -> None:
    read = msgspec.convert(_question(kind), Question)
    assert read.question_id == "q1"
    assert msgspec.to_builtins(read.key)["type"] == kind


@pytest.mark.parametrize(
    ("kind", "changes", "fault"),
    [
        ("single_choice", {"correct": "z"}, "lacks: z"),
        ("single_choice", {"correct": "a b"}, "$.key.correct"),
        ("single_choice", {"partial": {"z": 0}}, "lacks: z"),
        ("single_choice", {"partial": {"b": "1.01"}}, "$.key"),
        ("single_choice", {"partial": {"b": "-1.01"}}, "$.key"),
        ("single_choice", {"partial": {"b": "NaN"}}, "$.key"),
        ("single_choice", {"hint": "?"}, "unknown field `hint`"),
        ("multiple_choice", {"correct": []}, "$.key.correct"),
        ("multiple_choice", {"correct": ["a", "z"]}, "lacks: z"),
        ("multiple_choice", {"partial_credit": "generous"}, "$.key.partial_credit"),
        ("multiple_choice", {"partial_credit": "exact"}, "weights belong to"),
        ("multiple_choice", {"weights": {}}, "weights belong to"),
        ("multiple_choice", {"weights": {"a": 1, "y": 0, "z": 0}}, "lacks: y, z"),
        ("multiple_choice", {"weights": {"a": 2}}, "$.key"),
        ("true_false", {"correct": "true"}, "$.key.correct"),
        ("true_false", {"correct": 1}, "$.key.correct"),
        ("numeric", {"accepted": []}, "$.key.accepted"),
        ("numeric", {"accepted": [{}]}, "either value"),
        ("numeric", {"accepted": [{"minimum": 1}]}, "either value"),
        ("numeric", {"accepted": [{"maximum": 1}]}, "either value"),
        ("numeric", {"accepted": [{"value": 1, "minimum": 0, "maximum": 2}]}, "either value"),
        ("numeric", {"accepted": [{"minimum": 0, "maximum": 2, "tolerance": 1}]}, "either value"),
        ("numeric", {"accepted": [{"value": 1, "tolerance": -1}]}, "$.key.accepted[0]"),
        ("numeric", {"accepted": [{"value": 1, "credit": 0}]}, "$.key.accepted[0]"),
        ("numeric", {"accepted": [{"value": 1}, {"value": 1, "credit": "1.5"}]}, "$.key.accepted[1]"),
        ("numeric", {"accepted": [{"value": "one"}]}, "$.key.accepted[0].value"),
        ("numeric", {"accepted": [{"value": "NaN"}]}, "$.key.accepted[0]"),
        ("numeric", {"accepted": [{"value": "1e999999999"}]}, "$.key.accepted[0]"),
        ("numeric", {"accepted": [{"minimum": "-Infinity", "maximum": 1}]}, "$.key.accepted[0]"),
        ("short_text", {"accepted": []}, "$.key.accepted"),
        ("short_text", {"accepted": [{"text": ""}]}, "$.key.accepted[0].text"),
        ("short_text", {"accepted": [{"text": "A", "credit": 0}]}, "$.key.accepted[0]"),
        ("ordering", {"order": ["a"]}, "$.key.order"),
        ("ordering", {"order": ["a", "a"]}, "every option once"),
        ("ordering", {"order": ["a", "b", "a"]}, "every option once"),
        ("ordering", {"order": ["a", "z"]}, "lacks: z"),
        ("matching", {"pairs": {}}, "$.key.pairs"),
        ("matching", {"pairs": {"z": "1"}}, "lacks: z"),
        ("matching", {"pairs": {"a": ""}}, "$.key.pairs"),
        ("true_false", {"type": "essay"}, "Invalid value 'essay'"),
        ("true_false", {"type": ...}, "$.key"),
    ],
)
def test_a_bad_key_is_refused_with_its_fault(kind: str, changes: dict[str, Any], fault: str) -> None:
    question = _question(kind, **changes)
    question["key"] = {name: value for name, value in question["key"].items() if value is not ...}
    with pytest.raises(msgspec.ValidationError) as refusal:
        msgspec.convert(question, Question)
    assert fault in str(refusal.value)


def test_an_order_has_to_hold_all_options() -> None:
    question = _question("ordering")
    question["options"] = [*OPTIONS, {"id": "c", "text": "C"}]
    with pytest.raises(msgspec.ValidationError, match="every option once"):
        msgspec.convert(question, Question)


@pytest.mark.parametrize(
    "changes",
    [
        {"question_id": "a b"},
        {"question_id": ""},
        {"question_id": "q1\n"},
        {"text": ""},
        {"key": None},
        {"points": 0},
        {"points": -1},
        {"points": "1000.01"},
        {"points": "NaN"},
        {"points": "Infinity"},
        {"points": True},
        {"difficulty": 0},
        {"difficulty": 6},
        {"category": ""},
        {"tags": [""]},
        {"version": 0},
        {"options": [*OPTIONS, {"id": "a", "text": "again"}]},
        {"options": [*OPTIONS, {"id": "", "text": "C"}]},
        {"options": [*OPTIONS, {"id": "c", "text": "C", "correct": True}]},
        {"correct": "a"},
    ],
    ids=str,
)
def test_a_bad_question_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**_question("single_choice"), **changes}, Question)


@pytest.mark.parametrize(
    "changes",
    [
        {"quiz_id": ""},
        {"quiz_id": "a b"},
        {"question_ids": []},
        {"question_ids": ["q1", "q2", "q1"]},
        {"question_ids": [f"q{i}" for i in range(100)]},
        {"question_ids": ["q 1"]},
        {"title": "x" * 501},
        {"version": 0},
        {"owner": "me"},
    ],
    ids=lambda changes: ",".join(changes),
)
def test_a_bad_quiz_is_refused(changes: dict[str, Any]) -> None:
    good = {"quiz_id": "quiz", "question_ids": ["q1"], "title": "A quiz", "version": 3}
    assert msgspec.convert(good, Quiz).version == 3
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**good, **changes}, Quiz)


@given(questions)
def test_a_question_survives_json(question: Question) -> None:
    assert msgspec.json.decode(msgspec.json.encode(question), type=Question) == question


@given(questions)
def test_a_question_survives_the_table_decimals_included(question: Question) -> None:
    values = msgspec.to_builtins(question, builtin_types=(Decimal,))
    assert msgspec.convert(from_item(to_item(values)), Question) == question
