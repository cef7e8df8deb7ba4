"""What the queue's function tells about its work."""

import pytest

from quiz.operations.canary import STUDENT_ID
from tests.unit.builders import Calls, accepted, refused, sqs_record
from tests.unit.queue_driver import metrics, record, run


def test_one_line_of_metrics_counts_every_outcome(queue_function: Calls, capsys: pytest.CaptureFixture[str]) -> None:
    resend = {**record("m1"), "messageId": "m3"}
    queue_function.answers["SendMessage"] = lambda _: accepted()
    assert run(record("m1"), record("m2"), resend, sqs_record("{", "m4")) == []
    told = metrics(capsys)
    assert told["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "QuizPlatform"
    assert told["SubmissionsAccepted"] == [2]
    assert told["SubmissionsDuplicate"] == [1]
    assert told["SubmissionsQuarantined"] == [1]
    assert len(told["SubmissionAge"]) == 4
    assert min(told["SubmissionAge"]) >= 250
    assert "BatchItemFailures" not in told


def test_each_accepted_submission_tells_its_score(queue_function: Calls, capsys: pytest.CaptureFixture[str]) -> None:
    resend = {**record("m1"), "messageId": "m3"}
    assert run(record("m1"), record("m2", answers={"q1": False}), resend) == []
    told = metrics(capsys)
    assert sorted(told["SubmissionScore"]) == [0, 100]
    units = {each["Name"]: each["Unit"] for each in told["_aws"]["CloudWatchMetrics"][0]["Metrics"]}
    assert units["SubmissionScore"] == "Percent"


def test_the_canary_is_no_score_of_anybody(queue_function: Calls, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(record("m1", student_id=STUDENT_ID)) == []
    told = metrics(capsys)
    assert told["SubmissionsAccepted"] == [1]
    assert "SubmissionScore" not in told


def test_failures_are_counted_too(queue_function: Calls, capsys: pytest.CaptureFixture[str]) -> None:
    queue_function.answers["PutItem"] = lambda _: refused("ThrottlingException")
    assert run(record("m1"), record("m2")) == ["m1", "m2"]
    told = metrics(capsys)
    assert told["SubmissionsFailed"] == [1]
    assert told["BatchItemFailures"] == [2]
    assert "SubmissionsAccepted" not in told


def test_no_log_line_holds_an_answer_or_the_key(queue_function: Calls, capsys: pytest.CaptureFixture[str]) -> None:
    secret = "SECRET-ANSWER"
    run(record("m1", answers={"q1": secret}), record("m1", answers={"q1": secret, "q2": 1}), sqs_record("{", "m3"))
    out = capsys.readouterr().out
    assert '"request_id":"request-1"' in out
    assert secret not in out
