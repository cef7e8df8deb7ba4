"""What the bus has taken is marked, nothing else is, and no mark is worth an announcement."""

import json
from typing import Any

import pytest

from adapters.items import to_item
from quiz.operations.announcing import mark_of_quiz, mark_of_submission
from quiz.operations.canary import STUDENT_ID
from tests.unit.builders import Calls, accepted, refused
from tests.unit.quiz_api.stream_support import Bucket, announced, completed, marked, record, run, submitted
from tests.unit.test_stream_handler import ARN, RESULT

Refuse = Any


def scored(number: int, **changes: Any) -> dict[str, Any]:
    """A submission that was stored a moment ago."""
    image = to_item({**RESULT, "submission_id": f"sub-{number}", **changes})
    change = {"SequenceNumber": str(number), "NewImage": image}
    return {"eventName": "INSERT", "eventSourceARN": ARN, "dynamodb": change}


def lines(out: str, level: str) -> list[dict[str, Any]]:
    told = [json.loads(line) for line in out.splitlines()]
    return [line for line in told if line.get("level") == level]


def metric(out: str, name: str) -> list[float]:
    found = [json.loads(line) for line in out.splitlines() if '"_aws"' in line]
    return [value for line in found for value in line.get(name, [])]


def test_quizzes_and_submissions_are_marked_after_they_are_announced(bus: Calls, bucket: Bucket) -> None:
    assert run(*completed(1, 2), scored(8), scored(9)) == []
    student = str(RESULT["student_id"])
    assert marked(bus) == [
        *(mark_of_quiz(f"quiz-{i}") for i in (1, 2)),
        *(mark_of_submission(student, f"sub-{i}") for i in (8, 9)),
    ]
    assert bus.names == ["PutEvents", "BatchWriteItem"] * 2


def test_what_the_bus_refused_has_no_mark(bus: Calls, bucket: Bucket) -> None:
    bus.answers["PutEvents"] = lambda call: accepted(Entries=[{}, {"ErrorCode": "?"}, {}][: len(call["Entries"])])
    assert run(*completed(1, 2, 3)) == ["2"]
    assert marked(bus) == ["quiz#quiz-1", "quiz#quiz-3"]


def test_what_was_not_exported_has_no_mark(bus: Calls, bucket: Bucket) -> None:
    bucket.failing = {"quiz-1"}
    assert run(*completed(1, 2)) == ["1"]
    assert marked(bus) == ["quiz#quiz-2"]


@pytest.mark.parametrize(
    "answer",
    [
        lambda _: refused("ThrottlingException"),
        lambda _: refused("AccessDeniedException"),
        lambda _: refused("ResourceNotFoundException"),
        lambda call: accepted(UnprocessedItems=call["RequestItems"]),
    ],
)
def test_a_mark_that_cannot_be_written_fails_no_announcement(
    bus: Calls, bucket: Bucket, answer: Refuse, capsys: pytest.CaptureFixture[str]
) -> None:
    bus.answers["BatchWriteItem"] = answer
    assert run(*completed(1), scored(9)) == []
    assert len(announced(bus)) == 2
    warned = [line for line in lines(capsys.readouterr().out, "WARNING") if "results" in line]
    assert [line["results"] for line in warned] == [["quiz#quiz-1"], ["submission#9#student-1#sub-9"]]


def test_without_time_announcements_come_before_marks(bus: Calls, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(scored(9), remaining_ms=1_000) == []
    assert (len(announced(bus)), marked(bus)) == (1, [])
    assert "perhaps not marked" in capsys.readouterr().out


def test_the_canary_is_neither_announced_nor_marked(bus: Calls, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(scored(8, student_id=STUDENT_ID), scored(9)) == []
    assert [each["submission_id"] for each in announced(bus)] == ["sub-9"]
    assert marked(bus) == ["submission#9#student-1#sub-9"]
    assert metric(capsys.readouterr().out, "SubmissionsAnnounced") == [1]


def test_a_canary_alone_makes_no_call(bus: Calls) -> None:
    assert run(scored(8, student_id=STUDENT_ID)) == []
    assert bus.made == []


def test_each_submitted_quiz_tells_its_score(bus: Calls, bucket: Bucket, capsys: pytest.CaptureFixture[str]) -> None:
    bucket.failing = {"quiz-2"}
    run(*completed(1, 2, 3))
    out = capsys.readouterr().out
    assert metric(out, "QuizScore") == [60, 60]
    assert '"Name":"QuizScore","Unit":"Percent"' in out


def test_a_change_of_a_submitted_quiz_tells_none(bus: Calls, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(record(1, submitted(), submitted())) == []
    assert metric(capsys.readouterr().out, "QuizScore") == []
    assert marked(bus) == []
