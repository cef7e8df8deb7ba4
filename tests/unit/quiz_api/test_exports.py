"""Each submitted quiz is exported to the bucket of results and then announced, and nothing else is."""

import json
from decimal import Decimal

import pytest
from msgspec import structs

from quiz.results import result
from tests.unit.builders import Calls
from tests.unit.quiz_api.stream_support import Bucket, announced, completed, counted, opened, record, run, submitted
from tests.unit.quiz_api.support import STUDENT


def test_a_submitted_quiz_is_exported_and_announced(
    bus: Calls, bucket: Bucket, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*completed(1)) == []
    [(key, body)] = bucket.puts
    assert key == "quiz-results/quiz-1.json"
    exported = json.loads(body, parse_float=Decimal)
    assert {name: exported[name] for name in ("quiz_id", "user_id", "score", "total", "submitted_at")} == {
        "quiz_id": "quiz-1",
        "user_id": STUDENT,
        "score": Decimal("1.5"),
        "total": Decimal("2.5"),
        "submitted_at": "2026-03-04T05:07:07.000Z",
    }
    assert exported["s3_location"] == "s3://the-bucket/quiz-results/quiz-1.json"
    assert exported.keys() - {"user_id", "submitted_at"} == set(result(submitted(), "b").__struct_fields__)
    assert announced(bus) == [
        {
            "quiz_id": "quiz-1",
            "user_id": STUDENT,
            "quiz_type": "art",
            "score": Decimal("1.5"),
            "total": Decimal("2.5"),
            "percentage": 60,
            "submitted_at": "2026-03-04T05:07:07.000Z",
        }
    ]
    assert bus.made[0][1]["Entries"][0]["DetailType"] == "QuizCompleted"
    assert counted(capsys.readouterr().out) == {"QuizzesExported": [1]}


def test_a_record_that_comes_again_writes_the_same_bytes_under_the_same_name(bus: Calls, bucket: Bucket) -> None:
    run(*completed(1))
    run(*completed(1))
    assert len(bucket.puts) == 2
    assert len(set(bucket.puts)) == 1


def test_a_table_that_keeps_no_old_images_does_as_well(bus: Calls, bucket: Bucket) -> None:
    assert run(record(1, submitted(), None)) == []
    assert len(bucket.puts) == 1


def test_nothing_else_is_exported(bus: Calls, bucket: Bucket) -> None:
    records = [
        record(1, opened(), None, "INSERT"),
        record(2, structs.replace(opened(), time_limit=60), opened()),
        record(3, structs.replace(submitted(), expires_at=1), submitted()),
        record(4, None, submitted(), "REMOVE"),
    ]
    assert run(*records) == []
    assert not bucket.puts
    assert not bus.made


def test_an_export_goes_on_under_the_id_of_the_request(
    bus: Calls, bucket: Bucket, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = completed(1, 2)
    first["dynamodb"]["NewImage"]["correlation_id"] = {"S": "request-7"}
    second["eventID"] = "event-2"
    bucket.failing = {"quiz-2"}
    run(first, second)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    told = {line["quiz_id"]: (line["message"], line["correlation_id"]) for line in lines if "quiz_id" in line}
    assert told == {
        "quiz-1": ("a result was exported", "request-7"),
        "quiz-2": ("a result was not exported", "event-2"),
    }
