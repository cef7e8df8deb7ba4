"""New results, and nothing else, are announced on the event bus."""

import json
from typing import Any

import pytest

from adapters.items import to_item
from handlers.tables.stream import handler
from quiz.errors import Unavailable
from tests.unit.builders import Calls, accepted, context, refused, watch_clients

ARN = "arn:aws:dynamodb:eu-central-1:123456789012:table/the-submissions/stream/2026-03-04T05:06:07.000"

RESULT = {
    "student_id": "student-1",
    "submission_id": "sub-1",
    "quiz_id": "quiz",
    "quiz_version": 3,
    "submitted_at": "2026-03-04T05:06:07.000Z",
    "scored_at": "2026-03-04T05:06:08.000Z",
    "fingerprint": "f" * 64,
    "answers": '{"q1":"SECRET"}',
    "score": 1,
    "max_score": 3,
    "percentage": 33,
    "shares": {"q1": 1},
    "unknown_questions": [],
    "unknown_count": 0,
}


@pytest.fixture
def bus(calls: Calls, monkeypatch: pytest.MonkeyPatch) -> Calls:
    """A bus that takes everything."""
    for name, value in (
        ("ANALYTICS_TABLE", "the-analytics"),
        ("ANNOUNCEMENTS_TABLE", "the-announcements"),
        ("EVENT_BUS_NAME", "the-bus"),
        ("PROGRESS_TABLE", "the-progress"),
        ("SUBMISSIONS_TABLE", "the-submissions"),
        ("RESULTS_TABLE", "the-results"),
        ("RESULTS_BUCKET", "the-bucket"),
    ):
        monkeypatch.setenv(name, value)
    watch_clients(calls, monkeypatch)
    calls.answers["PutEvents"] = lambda call: accepted(Entries=[{"EventId": "1"} for _ in call["Entries"]])
    calls.answers["BatchWriteItem"] = lambda _: accepted(UnprocessedItems={})
    return calls


def _records(number: int, name: str = "INSERT", start: int = 0) -> list[dict[str, Any]]:
    return [
        {
            "eventName": name,
            "eventSourceARN": ARN,
            "dynamodb": {"SequenceNumber": str(i), "NewImage": to_item({**RESULT, "submission_id": f"sub-{i}"})},
        }
        for i in range(start, start + number)
    ]


def _run(*records: dict[str, Any]) -> list[str]:
    response = handler({"Records": list(records)}, context())
    return [failure["itemIdentifier"] for failure in response["batchItemFailures"]]


def _entries(bus: Calls) -> list[Any]:
    return [entry for name, call in bus.made if name == "PutEvents" for entry in call["Entries"]]


def test_a_new_result_is_announced_without_answers_or_fingerprint(bus: Calls) -> None:
    assert _run(*_records(1)) == []
    [entry] = _entries(bus)
    detail = json.loads(entry.pop("Detail"))
    assert entry == {"EventBusName": "the-bus", "Source": "quiz.platform", "DetailType": "SubmissionScored"}
    assert detail == {
        "student_id": "student-1",
        "submission_id": "sub-0",
        "quiz_id": "quiz",
        "quiz_version": 3,
        "submitted_at": "2026-03-04T05:06:07.000Z",
        "scored_at": "2026-03-04T05:06:08.000Z",
        "score": 1,
        "max_score": 3,
        "percentage": 33,
    }


def test_an_announcement_tells_what_its_submission_was_called(bus: Calls, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = _records(2)
    first["dynamodb"]["NewImage"]["correlation_id"] = {"S": "lms-1"}
    second["eventID"] = "event-2"
    assert _run(first, second) == []
    # Rows of before have none, and then the event tells none either.
    told = [json.loads(entry["Detail"]).get("correlation_id") for entry in _entries(bus)]
    assert told == ["lms-1", None]
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    announced = [line for line in lines if line.get("message") == "a score was announced"]
    assert [(line["correlation_id"], line["submission_id"], line["quiz_id"]) for line in announced] == [
        ("lms-1", "sub-0", "quiz"),
        ("event-2", "sub-1", "quiz"),
    ]


def test_decimals_are_announced_as_json_numbers(bus: Calls) -> None:
    [record] = _records(1)
    record["dynamodb"]["NewImage"]["score"] = {"N": "0.6667"}
    _run(record)
    assert '"score":0.6667' in _entries(bus)[0]["Detail"]


def test_changes_and_removals_are_not_announced(bus: Calls) -> None:
    image = {"SequenceNumber": "9", "OldImage": to_item(RESULT)}
    removed = {"eventName": "REMOVE", "eventSourceARN": ARN, "dynamodb": image}
    assert _run(*_records(2, "MODIFY"), removed) == []
    assert bus.made == []


def test_entries_go_out_in_tens_and_in_order(bus: Calls) -> None:
    assert _run(*_records(23)) == []
    assert [len(call["Entries"]) for name, call in bus.made if name == "PutEvents"] == [10, 10, 3]
    announced = [json.loads(entry["Detail"])["submission_id"] for entry in _entries(bus)]
    assert announced == [f"sub-{i}" for i in range(23)]


@pytest.mark.parametrize("spoilt", [{}, {"score": {"NS": ["1"]}}, {"score": {"N": "none"}}, {"score": {}}], ids=str)
def test_what_cannot_be_read_comes_again_and_holds_back_none_of_the_others(bus: Calls, spoilt: Any) -> None:
    records = _records(3)
    image = records[1]["dynamodb"]["NewImage"]
    del image["score"]
    image.update(spoilt)
    assert _run(*records) == ["1"]
    assert [json.loads(entry["Detail"])["submission_id"] for entry in _entries(bus)] == ["sub-0", "sub-2"]


def _refusing(*positions: int) -> Any:
    """The bus refuses the entries at these positions of the whole batch."""
    seen = iter(range(1000))

    def answer(call: dict[str, Any]) -> Any:
        return accepted(Entries=[{"ErrorCode": "?"} if next(seen) in positions else {} for _ in call["Entries"]])

    return answer


@pytest.mark.parametrize(("positions", "first"), [([0], "5"), ([7, 3], "8"), ([12, 20], "17"), ([22], "27")])
def test_the_stream_is_read_again_from_the_first_refused_entry(bus: Calls, positions: list[int], first: str) -> None:
    bus.answers["PutEvents"] = _refusing(*positions)
    assert _run(*_records(23, start=5)) == [first]


def test_what_is_not_announced_does_not_shift_the_position(bus: Calls) -> None:
    bus.answers["PutEvents"] = _refusing(1)
    assert _run(*_records(2, "MODIFY", start=0), *_records(3, start=2)) == ["3"]


def test_a_throttled_bus_fails_the_whole_batch(bus: Calls) -> None:
    bus.answers["PutEvents"] = lambda _: refused("ThrottlingException")
    with pytest.raises(Unavailable):
        _run(*_records(1))


def test_announcements_are_counted(bus: Calls, capsys: pytest.CaptureFixture[str]) -> None:
    bus.answers["PutEvents"] = _refusing(4, 5)
    _run(*_records(6))
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["SubmissionsAnnounced"] for line in lines if "_aws" in line] == [[4]]
    assert [line["refused"] for line in lines if line.get("level") == "ERROR"] == [2]


@pytest.mark.parametrize("arn", ["source_arn", "", ARN.replace("the-submissions", "the-games")])
def test_records_of_a_table_that_nothing_is_known_of_fail(
    bus: Calls, capsys: pytest.CaptureFixture[str], arn: str
) -> None:
    [known], [unknown] = _records(1, start=10), _records(1, start=9)
    # THEN the stream is read again from there, and the others are not held back
    assert _run(known, {**unknown, "eventSourceARN": arn}) == ["9"]
    assert [json.loads(entry["Detail"])["submission_id"] for entry in _entries(bus)] == ["sub-10"]
    assert '"level":"ERROR"' in capsys.readouterr().out


def test_a_recorded_event_of_a_strange_table_fails_from_its_first_record(bus: Calls) -> None:
    recorded = [
        {"eventName": "INSERT", "eventSourceARN": "eventsource_arn", "dynamodb": {"SequenceNumber": "111"}},
        {"eventName": "MODIFY", "eventSourceARN": "source_arn", "dynamodb": {"SequenceNumber": "222"}},
    ]
    assert _run(*recorded) == ["111"]
    assert bus.made == []
