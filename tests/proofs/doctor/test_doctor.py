"""What is wrong is found, each with its page and a command; and what makes other things fail comes first."""

import json
import time

import pytest

from tests.proofs.dead_letters.school import School
from tests.proofs.doctor.conftest import Examine, facts, only
from tests.proofs.doctor.ward import Ward, api
from tools.doctor import clinic
from tools.doctor.__main__ import main
from tools.doctor.report import Urgency

Said = pytest.CaptureFixture[str]


def test_a_healthy_environment_is_one_green_page(ward: Ward, capsys: Said) -> None:
    assert main(["local"]) == 0
    said = capsys.readouterr().out
    assert "All is well." in said
    assert "✗" not in said
    assert "release 1.2.3" in said
    assert "\x1b[" not in said


def test_machines_get_json(ward: Ward, capsys: Said) -> None:
    assert main(["local", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["well"] is True
    assert told["environment"] == "local"
    assert len(told["areas"]) == 13


def test_an_environment_that_nobody_knows_is_wrong_usage(ward: Ward, capsys: Said) -> None:
    assert main(["prodution"]) == 2
    assert "no environments/prodution.tfvars" in capsys.readouterr().err


def test_dead_letters_are_found(ward: Ward, report: Examine) -> None:
    School(ward.place).give_up_on("ann")
    problem = only(report())
    assert problem.what == "1 message set aside in submissions"
    assert problem.command == "python -m tools.dlq explain submissions --env local"
    assert problem.runbook == "docs/runbooks/submissions-dead-letters.md"


def test_a_backlog_is_measured_as_the_environment_wants_it(ward: Ward, report: Examine) -> None:
    for number in range(3):
        ward.place.sqs.send_message(QueueUrl=ward.place.queues["triggers"], MessageBody=str(number))
    found = report()
    assert not found.problems
    assert facts(found, "queues")["triggers"]["waiting"] == 3
    healthy = {
        "waiting": 2, "oldest_seconds": 60, "in_flight_percent": 80, "dead_letters": 0,
        "table_milliseconds": 1000, "cache_milliseconds": 500, "canary_seconds": 20,
    }  # fmt: skip
    ward.functions["health"].knows(HEALTH_THRESHOLDS=json.dumps(healthy))
    assert "triggers: 3 messages wait" in [problem.what for problem in report().problems]


def test_a_function_that_is_turned_off_is_found(ward: Ward, report: Examine) -> None:
    name = ward.functions["submissions"].name
    ward.client("lambda").put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=0)
    problem = only(report())
    assert problem.what == "submissions is turned off: 0 may run at once"
    assert problem.runbook == "docs/runbooks/function-throttled.md"


def test_a_function_that_is_gone_is_found(ward: Ward, report: Examine) -> None:
    ward.client("lambda").delete_function(FunctionName=ward.functions["health"].name)
    assert any(problem.what.startswith("health cannot be looked at: ") for problem in report().problems)


def test_a_mapping_that_is_off_is_found(ward: Ward, report: Examine) -> None:
    ward.client("lambda").update_event_source_mapping(UUID=ward.mapping(), Enabled=False)
    problem = only(report())
    assert problem.what == "the queue submissions does not call submissions: the mapping is Disabled"
    assert problem.command == f"aws lambda update-event-source-mapping --uuid {ward.mapping()} --enabled"


def test_an_alarm_that_wakes_somebody_comes_before_one_that_does_not(ward: Ward, report: Examine) -> None:
    ward.alarm("cache-cpu", "ticket", "ALARM")
    ward.alarm("submissions-dead-letters", "page", "ALARM")
    first, second = report().problems
    assert (first.urgency, second.urgency) == (Urgency.PAGE, Urgency.TICKET)
    assert first.what.startswith("submissions-dead-letters, for 0 min: Submissions wait.")
    assert first.runbook == "docs/runbooks/submissions-dead-letters.md"


def test_a_page_that_this_checkout_lacks_is_named_by_its_address(ward: Ward, report: Examine) -> None:
    ward.alarm("of-a-later-release", "ticket", "ALARM")
    assert only(report()).runbook == "https://example.com/docs/runbooks/of-a-later-release.md"


def test_a_cache_that_is_away_is_found(ward: Ward, report: Examine) -> None:
    ward.functions["leaderboard"].knows(CACHE="away")
    assert "the cache does not answer: boards are read from the table" in [one.what for one in report().problems]


def test_a_schedule_that_is_off_is_found(ward: Ward, report: Examine) -> None:
    ward.schedule("DISABLED")
    assert only(report()).what == "the schedule health is off"


def test_a_webhook_without_its_parameter_is_found(ward: Ward, report: Examine) -> None:
    ward.functions["notify"].knows(WEBHOOK_PARAMETER="/quiz/webhook")
    found = [problem.what for problem in report().problems]
    assert "the webhook's parameter /quiz/webhook cannot be read: ParameterNotFound" in found
    ward.client("ssm").put_parameter(Name="/quiz/webhook", Value="https://example.com/secret", Type="SecureString")
    assert not any("webhook" in problem.what for problem in report().problems)


def test_alerts_that_nobody_listens_to_are_found(ward: Ward, report: Examine) -> None:
    [subscription] = ward.client("sns").list_subscriptions_by_topic(TopicArn=ward.topics["alerts"])["Subscriptions"]
    ward.client("sns").unsubscribe(SubscriptionArn=subscription["SubscriptionArn"])
    assert only(report()).what == "no function listens to the alerts"


def test_errors_of_the_last_minutes_are_counted(ward: Ward, report: Examine) -> None:
    ward.log("submissions", minutes_ago=20, level="ERROR", message="long ago")
    ward.log("submissions", minutes_ago=2, level="ERROR", message="a record failed", exception_name="KeyError")
    ward.log("submissions", minutes_ago=1, level="INFO", message="batch done")
    problem = only(report())
    assert problem.what == "1 error of submissions, the last: a record failed"


def test_what_the_health_check_found_is_told(ward: Ward, report: Examine) -> None:
    ward.log("health", message="health checked", level="INFO", checks=9, failed=["canary", "cache"])
    assert only(report()).what == "the health check failed: canary, cache"


def test_a_health_check_that_does_not_run_is_found(ward: Ward, report: Examine) -> None:
    name = f"/aws/lambda/{ward.functions['health'].name}"
    ward.client("logs").delete_log_group(logGroupName=name)
    ward.client("logs").create_log_group(logGroupName=name)
    ward.log("health", minutes_ago=16, message="health checked", level="INFO", checks=9, failed=[])
    assert only(report()).what == "no health check for 15 minutes"


@pytest.mark.parametrize("status", [503, 404])
def test_an_api_that_is_not_well_is_found(ward: Ward, report: Examine, status: int) -> None:
    with api(status) as url:
        known = json.loads(ward.place.outputs.read_text())
        ward.place.outputs.write_text(json.dumps({**known, "http_api_url": url}))
        problem = only(report())
    assert problem.what == f"the API is not well: it answers {status}"
    assert problem.command == f"curl -i {url}/health"


def test_an_older_release_is_told_of_what_it_lacks(ward: Ward, report: Examine) -> None:
    known = json.loads(ward.place.outputs.read_text())
    del known["dead_letters"]
    ward.place.outputs.write_text(json.dumps(known))
    assert {problem.urgency for problem in report().problems} == {Urgency.NO_ANSWER}
    assert "older than this checkout" in report().problems[0].what


def test_credentials_of_another_account_are_the_only_thing(ward: Ward, report: Examine) -> None:
    known = json.loads(ward.place.outputs.read_text())
    known["alerts_topic_arn"] = "arn:aws:sns:us-east-1:999999999999:quiz-alerts"
    ward.place.outputs.write_text(json.dumps(known))
    assert only(report()).what == "signed in to account 000000000000, and local lives in 999999999999"


def test_who_cannot_enter_learns_that_and_nothing_else(ward: Ward, capsys: Said) -> None:
    known = json.loads(ward.place.outputs.read_text())
    ward.place.outputs.write_text(json.dumps({**known, "endpoint_url": "http://127.0.0.1:9"}))
    assert main(["local"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "The local stack comes up with: make up" in told.err


def test_the_cause_comes_before_what_follows_from_it(ward: Ward, capsys: Said) -> None:
    School(ward.place).give_up_on("ann")
    ward.alarm("submissions-dead-letters", "page", "ALARM")
    ward.client("lambda").update_event_source_mapping(UUID=ward.mapping(), Enabled=False)
    assert main(["local"]) == 1
    first = capsys.readouterr().out.partition("Look at this first, and 2 more below:\n")[2].strip()
    assert first.startswith("the queue submissions does not call submissions: the mapping is Disabled")


def test_what_never_answers_keeps_nobody_waiting(ward: Ward, report: Examine, monkeypatch: pytest.MonkeyPatch) -> None:
    side_by_side = clinic.side_by_side
    monkeypatch.setattr("tools.doctor.examining._SECONDS", 1)
    monkeypatch.setattr("tools.doctor.examining.AREAS", (("queues", lambda _: time.sleep(60)),))
    begun = time.monotonic()
    found = report()
    assert time.monotonic() - begun < 10
    assert only(found).what == "queues could not be looked at: no answer in 1 s"
    assert side_by_side(lambda x: 1 / x, [1, 0], 1)[0] == 1
