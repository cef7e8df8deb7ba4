"""Instructors fill the bank: over HTTP, and from files."""

from pathlib import Path
from typing import Any

import pytest

from tests.stack.support import Stack, new_id
from tools.bank.__main__ import main
from tools.bank.formats import jsonl
from tools.bank.results import Parsed


def _draft(**changes: Any) -> dict[str, Any]:
    return {"text": "Is this a question?", "key": {"type": "true_false", "correct": True}, **changes}


def test_a_question_is_made_changed_and_removed(stack: Stack) -> None:
    api = stack.api("instructor")
    made = api.call("POST", "/questions", _draft(question_id=new_id("q")))
    assert made.status == 201, made.body
    path = f"/questions/{made.body['question_id']}"
    changed = api.call("PUT", path, _draft(text="Is it?"), {"If-Match": made.headers["etag"]})
    assert changed.status == 200, changed.body
    assert changed.body["version"] == 2
    assert api.call("PUT", path, _draft(text="Or not?"), {"If-Match": made.headers["etag"]}).status == 412
    assert api.call("DELETE", path).status == 428
    assert api.call("DELETE", path, headers={"If-Match": changed.headers["etag"]}).status == 204
    assert api.call("GET", path).status == 404


def test_a_question_in_use_stays_and_names_its_quizzes(stack: Stack) -> None:
    api = stack.api("instructor")
    question = api.call("POST", "/questions", _draft(question_id=new_id("q")))
    quiz_id = new_id("quiz")
    quiz = api.call("POST", "/quizzes", {"quiz_id": quiz_id, "question_ids": [question.body["question_id"]]})
    assert quiz.status == 201, quiz.body
    path = f"/questions/{question.body['question_id']}"
    refused = api.call("DELETE", path, headers={"If-Match": question.headers["etag"]})
    assert refused.status == 409
    assert quiz_id in refused.body["message"]
    assert api.call("DELETE", f"/quizzes/{quiz_id}", headers={"If-Match": quiz.headers["etag"]}).status == 204
    assert api.call("DELETE", path, headers={"If-Match": question.headers["etag"]}).status == 204


def test_wrong_input_names_the_path_of_the_fault(stack: Stack) -> None:
    reply = stack.api("instructor").call("POST", "/questions", _draft(key={"type": "true_false", "correct": "yes"}))
    assert reply.status == 400
    assert reply.body["error"] == "invalid_input"
    assert "$.key.correct" in reply.body["message"]


def test_questions_of_a_file_are_imported_once_and_come_out_as_they_went_in(
    stack: Stack, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    category, source, target = new_id("category"), tmp_path / "in.gift", tmp_path / "out.jsonl"
    source.write_text("::One::Is this one?{T}\n\n::Two::Two and two?{#4}\n\n::Three::Write an essay.{}\n")
    imported = ["import", str(source), "--category", category]
    assert main(imported) == 1
    assert "essay" in capsys.readouterr().err
    assert main(imported) == 1
    assert main(["export", str(target), "--category", category]) == 0
    found = [result.question for result in jsonl.read(target.read_text()) if isinstance(result, Parsed)]
    assert sorted(question.title for question in found) == ["One", "Two"]
    assert {question.version for question in found} == {1}
