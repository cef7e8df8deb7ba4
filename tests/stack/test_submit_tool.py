"""`tools/submit` posts a file as an LMS does, and goes on where it was interrupted."""

import json
from pathlib import Path

import pytest

from tests.stack.support import Stack, eventually, new_id, submission
from tools.submit.__main__ import main


@pytest.fixture
def students() -> list[str]:
    return [new_id(f"student{number:02}") for number in range(25)]


@pytest.fixture
def file(tmp_path: Path, students: list[str]) -> Path:
    written = tmp_path / "class.jsonl"
    written.write_text("".join(json.dumps(submission(student)) + "\n" for student in students))
    return written


def test_a_file_is_posted_and_every_line_stored(
    stack: Stack, file: Path, students: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(file)]) == 0
    assert "posted 25, posted before 0, refused 0" in capsys.readouterr().err
    for student in students:
        assert eventually(lambda student=student: stack.results(student))  # type: ignore[misc]


def test_the_same_file_is_not_posted_twice(stack: Stack, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(file)])
    assert main([str(file)]) == 0
    assert "posted 0, posted before 25, refused 0" in capsys.readouterr().err


def test_lines_the_platform_would_refuse_are_named_and_the_rest_is_posted(
    stack: Stack, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with file.open("a") as opened:
        opened.write("not JSON\n\n" + json.dumps(submission(new_id("student"), schema_version=9)) + "\n")
    assert main([str(file)]) == 1
    said = capsys.readouterr().err
    assert "class.jsonl:26 not posted: malformed_json" in said
    assert "class.jsonl:28 not posted: unsupported_version" in said
    assert "posted 25, posted before 0, refused 2" in said


def test_a_queue_that_is_not_there_is_one_clear_sentence(
    stack: Stack, file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("access_key_id", "secret_access_key", "endpoint_url"):
        monkeypatch.setenv(f"AWS_{name.upper()}", stack.known[name])
    monkeypatch.setenv("AWS_DEFAULT_REGION", stack.known["region"])
    wrong = stack.known["submissions_queue_url"].replace("submissions", "absent")
    assert main([str(file), "--queue-url", wrong]) == 1
    said = capsys.readouterr().err
    assert "stopped" in said
    assert "does not exist" in said
