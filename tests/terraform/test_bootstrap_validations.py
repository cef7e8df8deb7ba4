"""What the bootstrap's inputs refuse: above all whatever would let somebody else in."""

import json
import re
import shutil
from typing import Any

import pytest

from tests.terraform.bootstrap import BOOTSTRAP
from tests.terraform.messages import errors, messages
from tests.terraform.sandbox import Sandbox
from tools import terraform

_ACCEPTED: list[tuple[str, Any]] = [
    ("environments", ["applying", "planned", "prod", "production"]),
    ("environments", ["eu-prod", "prod"]),
    ("main_branch", "release/2026.1"),
    ("repository", "my-company/quiz.platform_2"),
    ("state_retention_days", 7),
]
_REFUSED: list[tuple[str, Any, str]] = [
    ("account_id", "12345678901", "must have 12 digits"),
    *[
        ("repository", value, "must be owner/name")
        for value in (
            "*",
            "*/quiz",
            "my-company/*",
            "my-company/qui?",
            "my-company",
            "my-company/quiz:ref",
            "a/b/c",
            "",
        )
    ],
    *[
        ("main_branch", value, "must be the name of one branch")
        for value in ("*", "release/*", "mai?", "main:environment", "", "${x}")
    ],
    *[
        ("environments", [value], "must name at least one")
        for value in ("*", "prod*", "Prod", "prod?", "p", "prod-", "1prod", "prod:x", "a" * 21)
    ],
    ("environments", [], "must name at least one"),
    *[
        ("environments", [value], "must not be named apply, bootstrap or plan")
        for value in ("apply", "apply-prod", "bootstrap", "plan", "plan-b")
    ],
    ("environments", ["prod", "prod-eu"], "must not begin with another one's name"),
    *[
        ("identity_provider_arn", value, "must be the ARN of the account's OIDC provider")
        for value in (
            "arn:aws:iam::123456789012:oidc-provider/example.com",
            "arn:aws:iam::*:oidc-provider/token.actions.githubusercontent.com",
        )
    ],
    ("state_retention_days", 6, "must be at least 7"),
]
_REQUIRED = {
    "account_id": "123456789012",
    "environments": ["staging"],
    "region": "eu-central-1",
    "repository": "my-company/quiz-platform",
}
_RULE = re.compile(r"validation rule at \S*variables\.tf:(?P<line>\d+),")


def _call(name: str, variable: str, value: Any) -> str:
    """A call with one value of interest. Through a variable, because a literal would be refused before the plan."""
    values = {**_REQUIRED, variable: value}
    arguments = "".join(f"  {key} = var.{name}.{key}\n" for key in values)
    default = json.dumps(values).replace("${", "$${")
    return (
        f'variable "{name}" {{\n  default = {default}\n}}\n\n'
        f'module "{name}" {{\n  source = "./variables"\n{arguments}}}\n'
    )


@pytest.fixture(scope="module")
def refusals(box: Sandbox) -> list[dict[str, Any]]:
    """The errors of one plan with a call for each case. Without the rest, because that configures a provider."""
    directory = box.beside("bootstrap-cases")
    (directory / "variables").mkdir()
    shutil.copy(BOOTSTRAP / "variables.tf", directory / "variables")
    for position, case in enumerate([*_REFUSED, *_ACCEPTED]):
        (directory / f"case_{position}.tf").write_text(_call(f"case_{position}", case[0], case[1]))
    terraform.run(["get"], directory)
    return errors(messages(["plan", "-json", "-lock=false"], directory))


def _sentences(refusals: list[dict[str, Any]], position: int) -> list[str]:
    file = f"case_{position}.tf"
    return [error["detail"].partition("\n")[0] for error in refusals if error["range"]["filename"] == file]


@pytest.mark.parametrize(("position", "case"), list(enumerate(_REFUSED)), ids=str)
def test_a_bad_value_is_refused_in_its_own_words(
    position: int, case: tuple[str, Any, str], refusals: list[dict[str, Any]]
) -> None:
    variable, _, words = case
    [sentence] = _sentences(refusals, position)
    assert sentence.startswith(f"{variable} {words}")


@pytest.mark.parametrize("position", range(len(_REFUSED), len(_REFUSED) + len(_ACCEPTED)))
def test_a_value_at_the_limit_is_accepted(position: int, refusals: list[dict[str, Any]]) -> None:
    assert not _sentences(refusals, position)


def test_every_validation_has_a_bad_value(refusals: list[dict[str, Any]]) -> None:
    hit = {int(match["line"]) for error in refusals if (match := _RULE.search(error["detail"]))}
    lines = (BOOTSTRAP / "variables.tf").read_text().splitlines()
    assert hit == {line for line, text in enumerate(lines, start=1) if text == "  validation {"}
