"""What docs/operations.md says to type deletes a student and brings items back, typed as it stands there."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from adapters.items import to_item
from tests.stack.support import Stack, eventually, new_id, submission
from tests.stack.terminal import Terminal, statements
from tools.markdown import Document
from tools.paths import ROOT

_GUIDE = Document.read(ROOT / "docs" / "operations.md")
_PASSWORD = "A-good-passw0rd"


def _chapter(title: str) -> list[str]:
    """The commands of a chapter."""
    text = _GUIDE.text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    return [
        one for block in Document(_GUIDE.path, text).blocks if block.language == "sh" for one in statements(block.text)
    ]


@pytest.fixture
def terminal(stack: Stack, tmp_path: Path) -> Iterator[Terminal]:
    api = Document.read(ROOT / "docs" / "api.md").text
    with Terminal(tmp_path) as typing:
        for pattern in (r"^known\(\) .*$", r"^export AWS_ENDPOINT_URL(?:.*\\\n)+.*$"):
            _typed(typing, re.findall(pattern, api, re.MULTILINE)[0])
        _typed(typing, re.findall(r"^table\(\) .*$", _GUIDE.text, re.MULTILINE)[0])
        yield typing


def _typed(terminal: Terminal, command: str) -> str:
    said, status = terminal.type(command)
    assert status == 0, f"{command}\n{said}"
    return said


def _items(stack: Stack, table: str, words: set[str]) -> list[Any]:
    """Whatever in the table names one of these."""
    pages = stack.dynamodb.get_paginator("scan").paginate(TableName=stack.known["tables"][table])
    return [item for page in pages for item in page["Items"] if any(word in str(item) for word in words)]


def _active(stack: Stack, name: str, lms_id: str) -> str:
    """Somebody who leaves something in each table; returns who that is to the platform."""
    api = stack.api()
    api.sign_up(name, _PASSWORD)
    api.sign_in(name, _PASSWORD)
    quiz = api.call("POST", "/quiz/generate", {"quiz_type": "geography", "count": 2}).body
    assert api.call("POST", "/quiz/submit", {"quiz_id": quiz["quiz_id"], "answers": [None] * 2}).status == 200
    session = api.call("POST", "/sessions", {"category": "geography", "difficulty": 1}).body
    shown = api.call("GET", f"/sessions/{session['session_id']}/question").body
    answer = {"question_id": shown["question"]["question_id"], "selected_answers": [], "version": 1}
    assert api.call("POST", f"/sessions/{session['session_id']}/answer", answer).status == 200
    assert api.call("POST", "/intake/documents", {"here": True}).status == 200
    stack.post(submission(lms_id), lms_id)
    eventually(lambda: stack.results(lms_id))
    found = stack.client("cognito-idp").admin_get_user(UserPoolId=stack.known["user_pool_id"], Username=name)
    who: str = next(one["Value"] for one in found["UserAttributes"] if one["Name"] == "sub")
    left: dict[str, dict[str, Any]] = {
        "participants": {"participant_id": who, "game_id": f"game-{who}", "game_shard": "x#0", "rank_score": 0},
        "games": {"game_id": f"game-{who}#name#ada", "participant_id": who},
    }
    for table, item in left.items():
        stack.dynamodb.put_item(TableName=stack.known["tables"][table], Item=to_item(item))
    return who


def test_what_is_known_of_a_student_can_be_deleted(stack: Stack, terminal: Terminal) -> None:
    name, lms_id = f"{new_id('student')}@example.com", new_id("student")
    who = _active(stack, name, lms_id)
    theirs = ("submissions", "progress", "participants", "results", "sessions", "games", "requests")
    assert [table for table in theirs if not _items(stack, table, {who, lms_id})] == []
    exports = stack.client("s3")
    bucket = stack.known["results_bucket"]
    [quiz] = [item["quiz_id"]["S"] for item in _items(stack, "results", {who})]
    eventually(lambda: _there(exports, bucket, f"quiz-results/{quiz}.json"))
    for command in _chapter("Deleting what is known of a student"):
        if not command.startswith("python"):
            _typed(terminal, command.replace("student@example.com", name).replace("student-4711", lms_id))
    assert {table: found for table in theirs if (found := _items(stack, table, {who, lms_id}))} == {}
    assert not _there(exports, bucket, f"quiz-results/{quiz}.json")
    assert (terminal.folder / "games.txt").read_text() == f"game-{who}\n"
    users = stack.client("cognito-idp").list_users(UserPoolId=stack.known["user_pool_id"])["Users"]
    assert who not in str(users)


def _there(client: Any, bucket: str, key: str) -> bool:
    return bool(client.list_objects_v2(Bucket=bucket, Prefix=key).get("Contents"))


@pytest.fixture
def table(stack: Stack) -> Iterator[str]:
    """A table with the keys of submissions, and one item in it that will be deleted."""
    name, keys = new_id("documents"), ("student_id", "submission_id")
    stack.dynamodb.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in keys],
        KeySchema=[{"AttributeName": key, "KeyType": kind} for key, kind in zip(keys, ("HASH", "RANGE"), strict=True)],
    )
    stack.dynamodb.update_continuous_backups(
        TableName=name, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
    )
    yield name
    stack.dynamodb.delete_table(TableName=name)


def test_items_that_were_deleted_come_back(stack: Stack, terminal: Terminal, table: str) -> None:
    old, new = ({"student_id": "s", "submission_id": "a", "score": score} for score in (1, 2))
    gone = {"student_id": "t", "submission_id": "a", "score": 3}
    for item in (old, gone):
        stack.dynamodb.put_item(TableName=table, Item=to_item(item))
    restore, copy = _restoring()
    for command in restore:
        _typed(terminal, command.replace("$(table submissions)", table))
    # Since then one was deleted by mistake, and another one changed for good.
    stack.dynamodb.delete_item(TableName=table, Key=to_item({"student_id": "t", "submission_id": "a"}))
    stack.dynamodb.put_item(TableName=table, Item=to_item(new))
    said = "".join(_typed(terminal, command) for command in copy)
    assert "it is there already" in said
    items = stack.dynamodb.scan(TableName=table)["Items"]
    assert sorted(str(item) for item in items) == sorted(str(to_item(item)) for item in (new, gone))
    assert f"{table}-restored" not in stack.dynamodb.list_tables()["TableNames"]


def _restoring() -> tuple[list[str], list[str]]:
    """What is typed to restore a table, and what to bring back what is missing."""
    commands = _chapter("Backups and restoring")
    begin = next(place for place, one in enumerate(commands) if one.startswith("aws dynamodb scan"))
    return commands[:begin], commands[begin:]
