"""Failed calls are made again, and parts of a stream are handed over again, as the function would have got them."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.proofs.dead_letters.conftest import Dlq
from tests.proofs.dead_letters.functions import Listener
from tests.proofs.dead_letters.place import Place
from tests.proofs.dead_letters.school import School
from tools.deployed import Deployed

Said = pytest.CaptureFixture[str]
NEWS = {"eventName": ["INSERT"], "dynamodb": {"NewImage": {"quiz_id": {"S": [{"exists": True}]}}}}


@pytest.fixture
def clock(place: Place) -> Listener:
    return Listener(place, "clock")


@pytest.fixture
def follower(place: Place) -> Listener:
    return Listener(place, "stream")


def _eventually(look: Callable[[], Any]) -> Any:
    deadline = time.monotonic() + 20
    while not (found := look()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return found


def _put(place: Place, box: str, body: Any, **attributes: str) -> str:
    sent = place.sqs.send_message(
        QueueUrl=place.queues[box],
        MessageBody=body if isinstance(body, str) else json.dumps(body),
        MessageAttributes={name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()},
    )
    return str(sent["MessageId"])


def _failed_call(function: Listener, payload: Any) -> dict[str, Any]:
    return {
        "version": "1.0",
        "timestamp": "2026-11-20T12:00:00.000Z",
        "requestContext": {
            "requestId": "r-1",
            "functionArn": function.arn,
            "condition": "RetriesExhausted",
            "approximateInvokeCount": 3,
        },
        "requestPayload": payload,
        "responseContext": {"statusCode": 200, "executedVersion": "1", "functionError": "Unhandled"},
        "responsePayload": {"errorMessage": "there is no quiz 'geo'", "errorType": "UnknownQuiz"},
    }


def _position(function: Listener, stream: str, first: str, last: str, **changes: Any) -> dict[str, Any]:
    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    record = _failed_call(function, None)
    del record["requestPayload"], record["responsePayload"]
    record["DDBStreamBatchInfo"] = {
        "shardId": "shardId-00000000000000000000-00000000",
        "startSequenceNumber": first,
        "endSequenceNumber": last,
        "approximateArrivalOfFirstRecord": now,
        "approximateArrivalOfLastRecord": now,
        "batchSize": 2,
        "streamArn": stream,
        **changes,
    }
    return record


def _stream(place: Place, stream: str) -> list[str]:
    """The sequence numbers of everything in a stream."""
    client = place.client("dynamodbstreams")
    [shard] = client.describe_stream(StreamArn=stream)["StreamDescription"]["Shards"]
    iterator = client.get_shard_iterator(StreamArn=stream, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON")
    found = client.get_records(ShardIterator=iterator["ShardIterator"])["Records"]
    return [record["dynamodb"]["SequenceNumber"] for record in found]


def test_a_failed_call_is_made_again_with_the_same(place: Place, clock: Listener, dlq: Dlq, school: School) -> None:
    event = {"id": "monday:1", "detail": {"quiz_id": "geo", "action": "start"}, "number": 0.1}
    _put(place, "control", _failed_call(clock, event))
    assert dlq("redrive", "control", "--yes") == 0
    assert _eventually(clock.heard) == [event]
    assert school.depth("control") == (0, 0)


def test_an_event_that_was_lost_is_delivered(place: Place, clock: Listener, dlq: Dlq) -> None:
    _put(place, "control", {"id": "monday:1"}, TARGET_ARN=clock.arn, ERROR_CODE="NO_PERMISSIONS", ERROR_MESSAGE="?")
    assert dlq("redrive", "control", "--code", "NO_PERMISSIONS", "--yes") == 0
    assert _eventually(clock.heard) == [{"id": "monday:1"}]


def test_what_cannot_be_called_stays_with_the_reason(
    place: Place, clock: Listener, dlq: Dlq, school: School, capsys: Said
) -> None:
    gone = _failed_call(clock, {})
    gone["requestContext"]["functionArn"] = clock.arn.replace("clock", "absent")
    _put(place, "control", gone)
    _put(place, "control", {"id": "cut"}, TARGET_ARN=clock.arn, IS_PAYLOAD_TRUNCATED="true")
    _put(place, "control", "what is this?")
    assert dlq("redrive", "control", "--yes") == 1
    said = capsys.readouterr().out
    for reason in ("the function is not there any more", "the event is not whole", "nobody knows where it belongs"):
        assert f"stayed: 1, {reason}" in said
    assert school.depth("control") == (3, 0)
    assert not clock.heard()


def test_failed_calls_are_explained(place: Place, clock: Listener, dlq: Dlq, capsys: Said) -> None:
    message_id = _put(place, "control", _failed_call(clock, {"id": "monday:1"}))
    _put(place, "control", {"id": "lost"}, TARGET_ARN=clock.arn, ERROR_CODE="NO_PERMISSIONS", ERROR_MESSAGE="no right")
    dlq("peek", "control")
    said = capsys.readouterr().out
    assert "UnknownQuiz: there is no quiz 'geo'" in said
    dlq("explain", "control")
    said = capsys.readouterr().out
    assert "RetriesExhausted: 1 failed call" in said
    assert "EventBridge or Scheduler could not call the function" in said
    assert "python -m tools.dlq purge control --code NO_PERMISSIONS --env local" in said
    dlq("redrive", "control", "--dry-run")
    assert "think twice: " in capsys.readouterr().out
    dlq("explain", "control", "--id", message_id)
    said = capsys.readouterr().out
    assert clock.arn in said
    assert '"id": "monday:1"' in said


def test_a_part_of_a_stream_is_handed_over_again(place: Place, follower: Listener, dlq: Dlq, school: School) -> None:
    stream = follower.follow("submissions", NEWS)
    for student in ("ann", "bea", "cem", "dan"):
        school.post(student)
    # A change that the mapping does not hand over stands between them.
    place.dynamodb.update_item(
        TableName=f"{place.prefix}-submissions",
        Key={"student_id": {"S": "bea"}, "submission_id": {"S": "attempt-1"}},
        UpdateExpression="SET noted = :raw",
        ExpressionAttributeValues={":raw": {"B": b"\x00\xff"}},
    )
    school.post("eve")
    numbers = _stream(place, stream)
    _put(place, "stream", _position(follower, stream, numbers[1], numbers[5]))
    assert dlq("redrive", "stream", "--yes") == 0
    [event] = follower.heard()
    records = event["Records"]
    assert [one["dynamodb"]["Keys"]["student_id"]["S"] for one in records] == ["bea", "cem", "dan", "eve"]
    assert {one["eventName"] for one in records} == {"INSERT"}
    assert {one["eventSourceARN"] for one in records} == {stream}
    assert all(isinstance(one["dynamodb"]["ApproximateCreationDateTime"], int | float) for one in records)
    assert school.depth("stream") == (0, 0)


def test_more_than_one_call_takes_is_handed_over_in_order(place: Place, follower: Listener, dlq: Dlq) -> None:
    stream = follower.follow("submissions", NEWS)
    for number in range(230):
        place.dynamodb.put_item(
            TableName=f"{place.prefix}-submissions",
            Item={"student_id": {"S": "ann"}, "submission_id": {"S": str(number)}, "quiz_id": {"S": "quiz"}},
        )
    numbers = _stream(place, stream)
    _put(place, "stream", _position(follower, stream, numbers[0], numbers[-1]))
    assert dlq("redrive", "stream", "--yes") == 0
    heard = [one["dynamodb"]["Keys"]["submission_id"]["S"] for event in follower.heard() for one in event["Records"]]
    assert heard == [str(number) for number in range(230)]


@pytest.mark.parametrize("said_by", ["response", "error"])
def test_what_the_function_could_not_do_stays(
    place: Place, follower: Listener, dlq: Dlq, school: School, capsys: Said, said_by: str
) -> None:
    stream = follower.follow("submissions", NEWS)
    school.post("broken")
    [number] = _stream(place, stream)
    if said_by == "error":
        _put(place, "stream", _position(Listener(place, "absent"), stream, number, number))
    else:
        _put(place, "stream", _position(follower, stream, number, number))
    assert dlq("redrive", "stream", "--yes") == 1
    reason = {"response": "the function could not do all of it", "error": "the stream does not call"}[said_by]
    assert reason in capsys.readouterr().out
    assert school.depth("stream") == (1, 0)


def test_what_the_stream_has_dropped_is_said_with_what_to_do_instead(
    place: Place, follower: Listener, dlq: Dlq, school: School, capsys: Said
) -> None:
    stream = follower.follow("submissions", NEWS)
    school.post("ann")
    [number] = _stream(place, stream)
    old = (datetime.now(UTC) - timedelta(hours=25)).isoformat()
    _put(place, "stream", _position(follower, stream, number, number, approximateArrivalOfFirstRecord=old))
    _put(place, "stream", _position(follower, stream, str(int(number) - 1).zfill(21), number))
    _put(place, "stream", _position(follower, stream, number, number, shardId=f"shardId-{1:020}-00000001"))
    assert dlq("redrive", "stream", "--yes") == 1
    said = capsys.readouterr().out
    assert "stayed: 1, the stream kept the records for 24 hours only; announce from the table" in said
    assert said.partition("{")[0].count("stayed: 1, the records are gone (") == 2
    assert not follower.heard()
    assert school.depth("stream") == (3, 0)
    dlq("explain", "stream")
    assert "1 gone: the stream kept the records for 24 hours only" in capsys.readouterr().out


def test_a_filter_that_is_not_understood_is_not_guessed(
    place: Place, follower: Listener, dlq: Dlq, school: School, capsys: Said
) -> None:
    stream = follower.follow("submissions", {"eventName": [{"prefix": "INS"}]})
    school.post("ann")
    [number] = _stream(place, stream)
    _put(place, "stream", _position(follower, stream, number, number))
    assert dlq("redrive", "stream", "--yes") == 1
    assert "not understood: a filter by 'prefix'" in capsys.readouterr().out


def test_an_environment_is_entered_with_its_own_credentials(place: Place) -> None:
    deployed = Deployed("local", place.known())
    assert deployed.client("sts").get_caller_identity()["Account"] == "000000000000"


def test_a_notification_is_handed_to_who_listens_to_the_topic(place: Place, clock: Listener, dlq: Dlq) -> None:
    sns = place.client("sns")
    topic = sns.create_topic(Name=f"{place.prefix}-alerts")["TopicArn"]
    published = {"Type": "Notification", "TopicArn": topic, "Message": "{}", "MessageId": "n-1", "Subject": "ALARM"}
    _put(place, "control", published, ERROR_CODE="403", ERROR_MESSAGE="no permission")
    assert dlq("redrive", "control", "--yes") == 1
    sns.subscribe(TopicArn=topic, Protocol="lambda", Endpoint=clock.arn)
    assert dlq("redrive", "control", "--yes") == 0
    [event] = _eventually(clock.heard)
    assert event == {"Records": [{"EventSource": "aws:sns", "EventVersion": "1.0", "Sns": published}]}
