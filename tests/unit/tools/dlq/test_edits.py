"""Corrections change what they name and nothing else, and nothing goes out that would be refused."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.errors import InvalidInput, MalformedJson, Rejected
from tests.unit.builders import body, body_with_answer, submission
from tools.dlq.edits import NotAnEdit, _merge, edited, patch

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
    max_leaves=8,
)


def _by_the_rfc(target: Any, change: Any) -> Any:
    """RFC 7386, section 2, word for word."""
    if not isinstance(change, dict):
        return change
    merged = dict(target) if isinstance(target, dict) else {}
    for name, value in change.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = _by_the_rfc(merged.get(name), value)
    return merged


@given(JSON, st.dictionaries(st.text(max_size=2), JSON, max_size=3))
def test_a_merge_patch_is_what_the_rfc_says(target: Any, change: dict[str, Any]) -> None:
    merged = _merge(msgspec.Raw(msgspec.json.encode(target)), change)
    assert json.loads(merged) == _by_the_rfc(target, change)


@pytest.mark.parametrize("number", ["0.10000000000000000555111512312578270211815834045410156250", "-0", "1.50", "1E+3"])
def test_what_is_not_touched_keeps_its_spelling(number: str) -> None:
    corrected, _ = edited(body_with_answer(number), {"quiz_id": "geo"})
    assert f'"q1":{number}' in corrected.replace('"q1": ', '"q1":')


def test_a_text_is_a_text_and_json_is_json() -> None:
    assert patch(["quiz_id=7", "schema_version:=1", "answers:={}", "submitted_at=a=b"], None) == {
        "quiz_id": "7",
        "schema_version": 1,
        "answers": {},
        "submitted_at": "a=b",
    }


def test_assignments_come_on_top_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "patch.json"
    file.write_text('{"quiz_id": "a", "grade": null}')
    assert patch(["quiz_id=b"], file) == {"quiz_id": "b", "grade": None}


@pytest.mark.parametrize("text", ["[]", "no JSON", "\ud800".encode("utf-8", "surrogatepass")])
def test_a_file_that_is_no_patch_is_refused(tmp_path: Path, text: str | bytes) -> None:
    file = tmp_path / "patch.json"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(NotAnEdit, match=r"patch\.json"):
        patch([], file)


@pytest.mark.parametrize("assignment", ["", "quiz_id", "=x", "a.b=c", "quiz_id:=geo"])
def test_what_is_no_assignment_is_refused(assignment: str) -> None:
    with pytest.raises(NotAnEdit):
        patch([assignment], None)


def test_the_result_is_what_the_platform_would_take() -> None:
    corrected, parsed = edited(body(quiz_id=...), {"quiz_id": "geo"})
    assert json.loads(corrected) == submission(quiz_id="geo")
    assert parsed.quiz_id == "geo"


@pytest.mark.parametrize(
    ("text", "error"),
    [("no JSON", MalformedJson), ("[]", InvalidInput), ("\ud800", MalformedJson), ('{"a":' * 5_000, MalformedJson)],
)
def test_what_is_no_object_cannot_be_corrected(text: str, error: type[Rejected]) -> None:
    with pytest.raises(error):
        edited(text, {"quiz_id": "geo"})


def test_what_is_still_wrong_is_refused_with_its_place() -> None:
    with pytest.raises(InvalidInput, match=r"\$\.student_id"):
        edited(body(student_id=""), {"quiz_id": "geo"})
