"""What alarms say, whom they tell, and what they look at."""

import re
from collections import Counter

import pytest

from tests.terraform.alarms import PREFIX, dimensions, existing, named, outages, pages, runbook, said
from tests.terraform.metric_math import expression, metrics
from tests.terraform.plans import Raw, Resources
from tests.terraform.resolved import arn

_ALERTS, _NOTICES = arn("module.alarms.aws_sns_topic.alerts"), arn("module.alarms.aws_sns_topic.notices")
_PILLARS = {"adaptive", "live", "platform", "quizzes", "submissions"}
_EVERY_FUNCTION = {"errors", "looping", "slow", "throttled"}


@pytest.fixture(scope="module")
def alarms(local: Resources) -> dict[str, Raw]:
    return named(local)


class TestDescriptions:
    def test_say_what_is_wrong_why_it_matters_and_where_to_look(self, alarms: dict[str, Raw]) -> None:
        for name, alarm in alarms.items():
            lines = said(alarm)
            assert list(lines) == [key for key in ("", "Why", "Severity", "Pillar", "Runbook", "Logs") if key in lines]
            assert lines[""].endswith("."), name
            assert lines["Why"].endswith("."), name
            assert lines["Severity"] in {"page", "ticket"}, name
            assert {"", "Why", "Severity", "Runbook"} <= set(lines), name

    def test_name_functions_whose_logs_tell_more(self, alarms: dict[str, Raw], local: Resources) -> None:
        functions = {function["function_name"] for function in local.of_type("aws_lambda_function").values()}
        for name, alarm in alarms.items():
            logs = set(said(alarm).get("Logs", "").split(", ")) - {""}
            watched = {value for key, value in dimensions(alarm) if key in {"FunctionName", "service"}}
            assert watched <= logs <= functions, name

    def test_fit_into_what_cloudwatch_takes(self, local: Resources) -> None:
        for alarm in [*named(local).values(), *outages(local).values()]:
            assert len(alarm["alarm_description"]) <= 1024


class TestPages:
    def test_tell_nobody_themselves(self, alarms: dict[str, Raw], local: Resources) -> None:
        for name in pages(local):
            assert not alarms[name]["alarm_actions"], name
            assert not alarms[name]["ok_actions"], name

    def test_are_each_spoken_for_by_their_pillar_alone(self, alarms: dict[str, Raw], local: Resources) -> None:
        for pillar, rule in self._rules(local).items():
            members = re.fullmatch(r'ALARM\("[a-z0-9-]+"\)( OR ALARM\("[a-z0-9-]+"\))*', rule)
            assert members, pillar
            wanted = {name for name in pages(local) if said(alarms[name])["Pillar"] == pillar}
            assert set(re.findall(rf'"{PREFIX}([a-z0-9-]+)"', rule)) == wanted
            assert len(wanted) <= 100

    def test_are_all_spoken_for(self, local: Resources) -> None:
        assert set(self._rules(local)) == _PILLARS
        spoken_for = Counter(name for rule in self._rules(local).values() for name in re.findall(r'"([^"]+)"', rule))
        assert spoken_for == Counter(f"{PREFIX}{name}" for name in pages(local))

    def test_tell_of_the_beginning_and_of_the_end_of_an_outage(self, local: Resources) -> None:
        for name, outage in outages(local).items():
            assert outage["alarm_actions"] == [_ALERTS], name
            assert outage["ok_actions"] == [_ALERTS], name
            assert said(outage)["Severity"] == "page", name
            assert name == f"{said(outage)['Pillar']}-down" == runbook(outage)

    def test_behind_the_api_keep_quiet_while_the_platform_is_down(self, local: Resources) -> None:
        suppressed = {name: one["actions_suppressor"] for name, one in outages(local).items()}
        assert {name for name, suppressor in suppressed.items() if suppressor} == {"adaptive-down", "quizzes-down"}
        assert {one["alarm"] for found in suppressed.values() for one in found} == {f"{PREFIX}platform-down"}

    def _rules(self, local: Resources) -> dict[str, str]:
        return {said(outage)["Pillar"]: outage["alarm_rule"] for outage in outages(local).values()}


class TestTickets:
    def test_tell_of_the_beginning_alone(self, alarms: dict[str, Raw], local: Resources) -> None:
        for name in set(alarms) - pages(local):
            assert alarms[name]["alarm_actions"] in ([_ALERTS], [_NOTICES]), name
            assert not alarms[name]["ok_actions"], name

    def test_go_past_the_notify_function_where_they_concern_it(self, alarms: dict[str, Raw]) -> None:
        direct = {name for name, alarm in alarms.items() if alarm["alarm_actions"] == [_NOTICES]}
        of_notify = {f"notify-{kind}" for kind in _EVERY_FUNCTION | {"undelivered"}}
        assert direct == of_notify | {"alerts-failing", "alerts-undelivered", "webhook-failing"}


class TestMetrics:
    def test_of_dynamodb_are_never_missing(self, alarms: dict[str, Raw]) -> None:
        """For want of data CloudWatch leaves alarms on them in the state that they have."""
        for name, alarm in alarms.items():
            watched = metrics(alarm)
            if any(metric["namespace"] == "AWS/DynamoDB" for metric in watched.values()):
                assert set(re.findall(r"FILL\((\w+), 0\)", expression(alarm) or "")) == set(watched), name

    def test_belong_to_things_that_exist(self, alarms: dict[str, Raw], local: Resources) -> None:
        """CloudWatch takes any dimension, and a misspelled one never alarms."""
        there = existing(local)
        for name, alarm in alarms.items():
            for dimension, value in dimensions(alarm):
                assert value in there[dimension], name

    def test_are_at_most_what_cloudwatch_takes(self, alarms: dict[str, Raw]) -> None:
        for name, alarm in alarms.items():
            assert len(metrics(alarm)) <= 10, name
            assert len(expression(alarm) or "") <= 2048, name
