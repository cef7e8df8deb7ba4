"""Of each module a few things that only work where its example is complete: functions with their grants most of all."""

import json
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from adapters.items import from_item
from quiz.operations import canary
from tests.proofs.examples.place import Place
from tests.proofs.examples.wording import ACCOUNT
from tests.stack.support import eventually, submission


def function(place: Place) -> None:
    """It answers at its alias, and knows the queue that it may send to."""
    assert place.outputs()["invoke"].endswith(":function:quiz-prod-reports:live")
    assert place.invoke("quiz-prod-reports", {})["body"] == "heard"
    known = place.client("lambda").get_function_configuration(FunctionName="quiz-prod-reports")
    assert known["Environment"]["Variables"]["REPORTS_QUEUE_URL"].endswith("/quiz-prod-reports")


def bucket(place: Place) -> None:
    """Nobody without credentials reads it, nobody at all without TLS, and it clears itself up."""
    s3, name = place.client("s3"), f"quiz-prod-{ACCOUNT}-covers"
    s3.put_object(Bucket=name, Key="covers/one", Body=b"a picture")
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(f"{place.url}/{name}/covers/one", timeout=10)
    [statement, *_] = json.loads(s3.get_bucket_policy(Bucket=name)["Policy"])["Statement"]
    assert (statement["Effect"], statement["Condition"]["Bool"]) == ("Deny", {"aws:SecureTransport": "false"})
    assert s3.get_bucket_logging(Bucket=name)["LoggingEnabled"]["TargetBucket"] == f"quiz-prod-{ACCOUNT}-logs"
    s3.delete_object(Bucket=name, Key="covers/one")


def tables(place: Place) -> None:
    """Rows expire, tables stay, and the stream tells of a result."""
    dynamodb = place.client("dynamodb")
    expiry = dynamodb.describe_time_to_live(TableName="quiz-prod-results")["TimeToLiveDescription"]
    assert (expiry["TimeToLiveStatus"], expiry["AttributeName"]) == ("ENABLED", "expires_at")
    with pytest.raises(ClientError, match="protected against deletion"):
        dynamodb.delete_table(TableName="quiz-prod-results")
    told = ("submission_id", "student_id", "quiz_id", "submitted_at", "scored_at")
    numbers = ("quiz_version", "score", "max_score", "percentage")
    row = {name: {"S": name} for name in told} | {name: {"N": "1"} for name in numbers}
    dynamodb.put_item(TableName="quiz-prod-submissions", Item=row)
    [mark] = eventually(lambda: dynamodb.scan(TableName="quiz-prod-announcements")["Items"])
    assert "student_id" in mark["result"]["S"]


def queue(place: Place) -> None:
    """A good submission is scored; a bad one is set aside with the reason."""
    sqs, dynamodb = place.client("sqs"), place.client("dynamodb")
    url = sqs.get_queue_url(QueueName="quiz-prod-submissions.fifo")["QueueUrl"]
    good = submission("student", quiz_id=canary.QUIZ_ID, answers={canary.QUESTION_ID: canary.ANSWER})
    for number, body in enumerate((json.dumps(good), "no JSON")):
        place.client("sqs").send_message(
            QueueUrl=url, MessageBody=body, MessageGroupId=f"student-{number}", MessageDeduplicationId=str(number)
        )
    [row] = eventually(lambda: dynamodb.scan(TableName="quiz-prod-submissions")["Items"])
    assert (from_item(row)["student_id"], from_item(row)["score"]) == ("student", 1)
    aside = sqs.get_queue_url(QueueName="quiz-prod-submissions-dlq.fifo")["QueueUrl"]
    [message] = eventually(lambda: sqs.receive_message(QueueUrl=aside, MessageAttributeNames=["All"]).get("Messages"))
    assert (message["Body"], message["MessageAttributes"]["error_code"]["StringValue"]) == ("no JSON", "malformed_json")


def intake(place: Place) -> None:
    """What its schedule sends leaves a line in the ledger."""
    found = place.client("scheduler").get_schedule(GroupName="quiz-prod-intake", Name="daily-record")
    assert found["ScheduleExpressionTimezone"] == "Europe/Berlin"
    sent = found["Target"]["Input"].replace("<aws.scheduler.scheduled-time>", "2026-11-20T04:30:00Z")
    place.invoke(place.outputs()["intake"]["name"], json.loads(sent))
    [line] = place.client("dynamodb").scan(TableName="quiz-prod-requests")["Items"]
    assert from_item(line)["expires_at"] > 0


def alarms(place: Place) -> None:
    """An alarm that rings takes its pillar along, and the notify function remembers what it told."""
    cloudwatch = place.client("cloudwatch")
    cloudwatch.set_alarm_state(
        AlarmName="quiz-prod-imports-failing", StateValue="ALARM", StateReason="a proof", StateReasonData="{}"
    )
    eventually(lambda: place.client("dynamodb").scan(TableName="quiz-prod-alerts")["Items"])
    boards = {board["DashboardName"] for board in cloudwatch.list_dashboards()["DashboardEntries"]}
    assert boards == {"quiz-prod-business", "quiz-prod-mechanics"}
    people = place.client("sns").list_subscriptions()["Subscriptions"]
    assert ("email", "on-call@example.com") in {(one["Protocol"], one["Endpoint"]) for one in people}


def api(place: Place) -> None:
    """A public route answers everybody; the others refuse whoever brings no token."""
    [http] = [one for one in place.client("apigatewayv2").get_apis()["Items"] if one["ProtocolType"] == "HTTP"]
    address = f"{place.url}/_aws/execute-api/{http['ApiId']}"
    with urllib.request.urlopen(f"{address}/ranking", timeout=30) as answer:
        assert answer.read() == b"heard"
    for path in ("/ranking/warm-up", "/quizzes"):
        with pytest.raises(urllib.error.HTTPError, match="401"):
            urllib.request.urlopen(f"{address}{path}", timeout=30)


def cache(place: Place) -> None:
    """Encrypted on its way, inside a network; and the leaderboard says so itself where no Redis answers."""
    [group] = place.client("elasticache").describe_replication_groups()["ReplicationGroups"]
    assert (group["TransitEncryptionEnabled"], group["AtRestEncryptionEnabled"]) == (True, True)
    known = place.client("lambda").get_function_configuration(FunctionName="quiz-prod-leaderboard")
    assert len(known["VpcConfig"]["SubnetIds"]) == 2
    assert place.invoke("quiz-prod-leaderboard", {"inspect": {}})["reachable"] is False


def scheduler(place: Place) -> None:
    """Schedules are as they were asked for, and an event on the bus opens a game."""
    schedules = {one["Name"]: one["State"] for one in place.client("scheduler").list_schedules()["Schedules"]}
    assert schedules["monday-warm-up"] == "ENABLED"
    assert schedules["daily"] == "DISABLED"
    detail = {"quiz_id": canary.QUIZ_ID, "action": "start", "lobby_seconds": 900}
    entry = {"Source": "quiz.platform", "DetailType": "Quiz Control", "Detail": json.dumps(detail)}
    place.client("events").put_events(Entries=[{**entry, "EventBusName": "quiz-prod"}])
    games: Callable[[], Any] = lambda: place.client("dynamodb").scan(TableName="quiz-prod-games")["Items"]  # noqa: E731
    assert eventually(games)


def schedules(place: Place) -> None:
    """What is due may be called under the role that says so, and Scheduler is left its part of the input."""
    found = place.client("scheduler").get_schedule(GroupName="quiz-prod-reports", Name="nightly")
    assert json.loads(found["Target"]["Input"]) == {"until": "<aws.scheduler.scheduled-time>"}
    assert found["Target"]["RoleArn"].endswith(":role/quiz-prod-reports-schedules")
    assert place.invoke("quiz-prod-reports", {})["body"] == "heard"
    named = place.client("iam").list_role_policies(RoleName="quiz-prod-reports-schedules")["PolicyNames"]
    assert sorted(named) == ["FailuresSend", "ReportsInvoke"]


FACTS: dict[str, Callable[[Place], None]] = {
    one.__name__: one for one in (alarms, api, bucket, cache, function, intake, queue, scheduler, schedules, tables)
}
