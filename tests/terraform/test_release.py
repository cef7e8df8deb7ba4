"""What a release makes of a function's alias. How it goes on from there is in tests/proofs/release."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.terraform import sandbox
from tests.terraform.plans import Plan
from tests.terraform.sandbox import Sandbox
from tools import terraform
from tools.terraform.offline import OFFLINE

_RELEASES = {"immediate": "null", "held": '{ serving = "7" }', "shared": '{ serving = "7", share = 0.2 }'}
_CALL = """
module "{name}" {{
  source = "./modules/function"

  name        = "quiz-test-{name}"
  description = "Does something."
  handler     = "handlers.queue.submissions.handler"
  package     = "build/lambda/queue.zip"
  release     = {release}
}}
"""


@pytest.fixture(scope="module")
def planned(box: Sandbox) -> Plan:
    directory = box.beside("releases")
    calls = [_CALL.format(name=name, release=release) for name, release in _RELEASES.items()]
    (directory / "main.tf").write_text(OFFLINE + "".join(calls))
    terraform.run(["get"], directory)
    return sandbox.plan(directory)


def _alias(planned: Plan, name: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """What is known of the alias, and what AWS has to tell first."""
    change = planned.planned.resource_changes[f"module.{name}.aws_lambda_alias.live"]["change"]
    return change["after"], change["after_unknown"]


def test_without_one_the_newest_version_serves_at_once(planned: Plan) -> None:
    known, unknown = _alias(planned, "immediate")
    assert unknown["function_version"] is True
    assert known["routing_config"] == []


def test_without_a_share_what_served_goes_on_alone(planned: Plan) -> None:
    known, _ = _alias(planned, "held")
    assert known["function_version"] == "7"
    assert known["routing_config"] == []


def test_with_a_share_what_served_goes_on_beside_the_newest(planned: Plan) -> None:
    known, unknown = _alias(planned, "shared")
    assert known["function_version"] == "7"
    assert unknown["routing_config"]


def test_every_code_is_published(planned: Plan) -> None:
    functions = planned.resources.of_type("aws_lambda_function").values()
    assert {function["publish"] for function in functions} == {True}
