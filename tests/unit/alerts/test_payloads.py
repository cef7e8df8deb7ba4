"""What is read from notifications."""

import json
from typing import Any

import pytest

from quiz.alerts import described
from quiz.alerts.payloads import Alarm, Other, read
from quiz.operations.findings import Health
from tests.unit.alerts import support
from tests.unit.alerts.support import CHANGED_AT, CHILD, CHILD_ARN, alarm
from tools.paths import ROOT

_FIXTURE = ROOT.parent / "shared/fixtures/aws_events/cloudwatch-alarm-sns-payload-single-metric.json"


@pytest.mark.skipif(not _FIXTURE.exists(), reason="the recorded events are not here")
def test_a_recorded_notification() -> None:
    [record] = json.loads(_FIXTURE.read_text())["Records"]
    found = read(record["Sns"]["Message"])
    assert isinstance(found, Alarm)
    assert (found.name, found.state, found.old_state) == ("EXAMPLE", "ALARM", "INSUFFICIENT_DATA")
    assert found.value == "1234 bytes > 0 bytes within 1 minute (AWS/EC2 NetworkOut, Average)"


@pytest.mark.parametrize("payload", [support.single(), support.of_old_sender(), support.of_emulator()])
def test_the_forms_of_one_metric(payload: dict[str, Any]) -> None:
    found = alarm(payload)
    assert found.changed_at == CHANGED_AT
    assert found.functions == ("quiz-production-broadcast",)
    assert found.account == "123456789012"
    assert found.children == ()


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '"ALARM"', "{}", '{"AlarmName":"x"}', '{"AlarmName":1,"NewStateValue":"OK"}', "\ud800"],
)
def test_everything_else_is_kept_as_it_is(text: str) -> None:
    assert read(text) == Other(text)


@pytest.mark.parametrize("state", ["alarm", "", "GREAT"])
def test_states_that_do_not_exist_make_no_alarm(state: str) -> None:
    assert isinstance(read(json.dumps(support.single(NewStateValue=state))), Other)


def test_what_the_health_check_found() -> None:
    found = read(support.health("queue-depth"))
    assert isinstance(found, Health)
    assert [finding.check for finding in found.findings if finding.failed] == ["queue-depth"]


@pytest.mark.parametrize(
    "junk",
    [
        {"Trigger": "none"},
        {"Trigger": {"Metrics": [1, None, {"MetricStat": []}], "Period": "often", "Threshold": {}}},
        {"AlarmDescription": None, "StateChangeTime": "yesterday", "AlarmArn": 7, "AWSAccountId": None},
        {"TriggeringChildren": [{"Arn": None}, "x", {"State": "ALARM"}], "AlarmRule": ["x"], "Trigger": None},
    ],
)
def test_fields_of_another_kind_count_as_missing(junk: dict[str, Any]) -> None:
    assert isinstance(read(json.dumps(support.single(**junk))), Alarm)


class TestWhatIsBehindAComposite:
    def test_those_that_set_it_off(self) -> None:
        assert alarm(support.composite()).children == (CHILD,)

    def test_not_those_that_are_well(self) -> None:
        well = {"Arn": f"{CHILD_ARN}-2", "State": {"Value": "OK"}}
        children = [*support.composite()["TriggeringChildren"], well]
        assert alarm(support.composite(TriggeringChildren=children)).children == (CHILD,)

    def test_names_may_have_blanks(self) -> None:
        child = {"Arn": f"{CHILD_ARN} now", "State": {"Value": "ALARM"}}
        assert alarm(support.composite(TriggeringChildren=[child])).children == (f"{CHILD} now",)

    @pytest.mark.parametrize(
        ("rule", "names"),
        [
            ('ALARM("a b") OR ALARM("c")', ("a b", "c")),
            ("ALARM(a) AND NOT ALARM( 'b' )", ("a", "b")),
            (f"(ALARM({CHILD_ARN}) OR OK(d)) OR ALARM(a)", (CHILD, "a")),
            ("TRUE", ()),
        ],
    )
    def test_else_all_of_its_rule(self, rule: str, names: tuple[str, ...]) -> None:
        payload = support.composite(TriggeringChildren=..., AlarmRule=rule, NewStateReason="")
        assert alarm(payload).children == names

    def test_else_those_that_the_reason_names(self) -> None:
        empty = {"MetricName": "", "Namespace": "", "Dimensions": []}
        payload = support.composite(TriggeringChildren=..., AlarmRule=..., Trigger=empty)
        assert alarm(payload).children == (CHILD,)
        assert alarm(payload).value == ""


class TestDescriptions:
    def test_all_lines(self) -> None:
        text = support.description("page", "live", "clock-failing", "a, b,, a,no good,x;y")
        assert described.read(text) == described.Described(
            summary="Messages to players come late.",
            why="Longer than most questions are open.",
            severity="page",
            pillar="live",
            runbook="https://example.com/runbooks/clock-failing.md",
            functions=("a", "b"),
        )
        assert described.read(text).pages

    def test_a_description_of_somebody_else(self) -> None:
        assert described.read("It burns.\n\n  Call 112.  ") == described.Described(summary="It burns. Call 112.")
        assert described.read("") == described.Described()
        assert not described.read("").pages
