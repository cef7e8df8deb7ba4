"""How many requests are traced is X-Ray's own affair, unless an environment says so."""

import shutil
from typing import Any

import pytest

from tests.terraform import sandbox
from tests.terraform.sandbox import Sandbox
from tools.terraform.offline import OFFLINE

# What the file reads of the rest of the root.
_REST = """
locals {
  name_prefix = "quiz-${var.environment}"
}

variable "environment" {
  type = string
}

variable "operations" {
  type    = object({ trace_share = optional(number) })
  default = {}
}
"""


def _rules(box: Sandbox, name: str, **operations: Any) -> list[Any]:
    directory = box.beside(f"tracing-{name}")
    shutil.copy(box.root / "tracing.tf", directory)
    (directory / "main.tf").write_text(_REST + (OFFLINE))
    longest_name = "a" * 20
    planned = sandbox.plan(directory, variables={"environment": longest_name, "operations": operations})
    return list(planned.resources.of_type("aws_xray_sampling_rule").values())


def test_without_a_share_there_is_no_rule(box: Sandbox) -> None:
    assert _rules(box, "none") == []


@pytest.mark.parametrize(("share", "a_second"), [(0.2, 1), (0, 0)])
def test_a_share_is_that_of_the_functions_of_this_environment(box: Sandbox, share: float, a_second: int) -> None:
    [rule] = _rules(box, str(a_second), trace_share=share)
    assert (rule["fixed_rate"], rule["reservoir_size"]) == (share, a_second)
    assert (rule["service_name"], rule["service_type"]) == (f"quiz-{'a' * 20}-*", "AWS::Lambda::Function")
    # X-Ray takes no longer name.
    assert len(rule["rule_name"]) <= 32
