"""One record that fails holds back no other, and the stream is read again from it."""

import pytest

from adapters.items import to_item
from quiz.errors import Unavailable
from tests.unit.builders import Calls, accepted, refused
from tests.unit.quiz_api.stream_support import Bucket, announced, completed, counted, run


def test_one_failing_export_holds_back_no_other(bus: Calls, bucket: Bucket, capsys: pytest.CaptureFixture[str]) -> None:
    bucket.failing = {"quiz-1003", "quiz-998"}
    # THEN the stream is read again from the lowest number, which is not the first as text
    assert run(*completed(997, 998, 999, 1003, 1004)) == ["998"]
    assert {key for key, _ in bucket.puts} == {f"quiz-results/quiz-{i}.json" for i in (997, 999, 1004)}
    assert [each["quiz_id"] for each in announced(bus)] == ["quiz-997", "quiz-999", "quiz-1004"]
    assert counted(capsys.readouterr().out) == {"QuizzesExported": [3]}


def test_what_is_not_exported_is_not_announced(bus: Calls, bucket: Bucket) -> None:
    bucket.failing = {"quiz-"}
    assert run(*completed(1, 2)) == ["1"]
    assert bus.made == []


def test_a_record_that_cannot_be_read_fails_alone(bus: Calls, bucket: Bucket) -> None:
    first, broken, last = completed(1, 2, 3)
    del broken["dynamodb"]["NewImage"]["user_id"]
    assert run(first, broken, last) == ["2"]
    assert len(bucket.puts) == 2


def test_where_the_bus_refuses_an_event_the_stream_is_read_again(bus: Calls, bucket: Bucket) -> None:
    bus.answers["PutEvents"] = lambda call: accepted(Entries=[{}, {"ErrorCode": "?"}, {"ErrorCode": "?"}])
    assert run(*completed(5, 6, 7)) == ["6"]
    assert len(bucket.puts) == 3


def test_a_refused_event_before_a_failed_export_comes_first(bus: Calls, bucket: Bucket) -> None:
    bucket.failing = {"quiz-7"}
    bus.answers["PutEvents"] = lambda call: accepted(Entries=[{}, {"ErrorCode": "?"}])
    assert run(*completed(5, 6, 7)) == ["6"]


def test_a_throttled_bus_fails_the_batch_after_the_exports(bus: Calls, bucket: Bucket) -> None:
    bus.answers["PutEvents"] = lambda _: refused("ThrottlingException")
    with pytest.raises(Unavailable):
        run(*completed(1))
    assert len(bucket.puts) == 1


def test_without_time_nothing_is_begun(bus: Calls, bucket: Bucket) -> None:
    assert run(*completed(1, 2), remaining_ms=1_000) == ["1"]
    assert not bucket.puts
    assert not bus.made


def test_submissions_beside_them_are_still_announced(bus: Calls, bucket: Bucket) -> None:
    from tests.unit.test_stream_handler import ARN as SUBMISSIONS_ARN
    from tests.unit.test_stream_handler import RESULT

    image = {"SequenceNumber": "9", "NewImage": to_item(RESULT)}
    submission = {"eventName": "INSERT", "eventSourceARN": SUBMISSIONS_ARN, "dynamodb": image}
    assert run(*completed(8), submission) == []
    entries = [entry for name, call in bus.made if name == "PutEvents" for entry in call["Entries"]]
    assert sorted(entry["DetailType"] for entry in entries) == ["QuizCompleted", "SubmissionScored"]
