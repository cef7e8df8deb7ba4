"""What the alarms module makes of what it is told, apart from the platform's own alarms."""

from typing import Any

import pytest

from tests.terraform import sandbox
from tests.terraform.examples import examples_in
from tests.terraform.messages import errors, messages
from tests.terraform.plans import Plan
from tests.terraform.sandbox import Sandbox
from tools import terraform
from tools.paths import ROOT
from tools.terraform.offline import OFFLINE

_EXAMPLE = 'reason      = "In seconds. The largest bank takes ten minutes, and authors look after an hour."'


def _example(box: Sandbox, name: str, **changes: str) -> Any:
    """A directory with the module's example, some of its text replaced."""
    [example] = examples_in(ROOT / "modules" / "alarms" / "README.md")
    directory = box.beside(name)
    for package in ("alarms", "importer"):
        sandbox.write_package(directory / "build" / "lambda" / f"{package}.zip")
    code = example.code
    for old, new in changes.items():
        assert old in code
        code = code.replace(old, new)
    (directory / "main.tf").write_text(code)
    (directory / "provider.tf").write_text(OFFLINE)
    terraform.run(["get"], directory)
    return directory


@pytest.fixture(scope="module")
def tickets_alone(box: Sandbox) -> Plan:
    """The example without its only page."""
    return sandbox.plan(_example(box, "tickets-alone", **{'severity    = "page"': 'severity    = "ticket"'}))


class TestADescription:
    def test_that_cloudwatch_would_refuse_is_refused_before(self, box: Sandbox) -> None:
        directory = _example(box, "long-reason", **{_EXAMPLE: f'reason = "{"x" * 1000}"'})
        [error] = errors(messages(["plan", "-json", "-lock=false"], directory))
        assert error["detail"].startswith("CloudWatch takes descriptions of 1,024 characters")
        assert "that of imports-late has 11" in error["detail"]


class TestAPillar:
    def test_without_pages_has_no_alarm(self, tickets_alone: Plan) -> None:
        assert not tickets_alone.resources.of_type("aws_cloudwatch_composite_alarm")

    def test_of_a_ticket_is_only_told(self, tickets_alone: Plan) -> None:
        address = 'module.alarms.aws_cloudwatch_metric_alarm.this["imports-failing"]'
        assert "\nPillar: quizzes\n" in tickets_alone.resources.by_address[address]["alarm_description"]


class TestTheBoards:
    def test_leave_out_what_is_not_there(self, tickets_alone: Plan) -> None:
        """Without functions that count, one board is nearly empty; CloudWatch takes a board without widgets."""
        boards = tickets_alone.resources.of_type("aws_cloudwatch_dashboard")
        [business] = [one for address, one in boards.items() if "business" in address]
        assert business["dashboard_body"] == '{"periodOverride":"inherit","widgets":[]}'

    def test_show_no_states_where_nothing_can_be_down(self, tickets_alone: Plan) -> None:
        boards = tickets_alone.resources.of_type("aws_cloudwatch_dashboard")
        [mechanics] = [one for address, one in boards.items() if "mechanics" in address]
        assert '"type":"alarm"' not in mechanics["dashboard_body"]
        assert "importer: duration" in mechanics["dashboard_body"]
