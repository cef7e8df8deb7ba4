"""Every validation refuses what it should, in its own words, and nothing beside it.

In pytest rather than in `.tftest.hcl` files, because `expect_failures` can tell which variable was refused but not by
which of its validations nor with which words, and each of its runs is a plan. Here one plan calls every module once per
case; its diagnostics tell the case, the rule and the sentence.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.terraform import (
    cases,
    cases_alarms,
    cases_boundary,
    cases_cache,
    cases_intake,
    cases_release,
    cases_scheduler,
    cases_schedules,
    cases_websocket,
)
from tests.terraform.cases import Case
from tests.terraform.messages import errors, messages
from tests.terraform.sandbox import Sandbox
from tools import terraform
from tools.paths import ROOT
from tools.terraform.offline import OFFLINE

_SOURCES = (
    cases,
    cases_alarms,
    cases_boundary,
    cases_cache,
    cases_intake,
    cases_release,
    cases_scheduler,
    cases_schedules,
    cases_websocket,
)
REFUSED = [case for source in _SOURCES for case in source.REFUSED]
ACCEPTED = [case for source in _SOURCES for case in source.ACCEPTED]

_RULE = re.compile(r"validation rule at \S*?(?P<file>(?:modules/\w+/)?variables\w*\.tf):(?P<line>\d+),")


def _call(name: str, case: Case) -> str:
    """A call of the module. Through a variable, because a literal would be refused before the plan, and alone."""
    required = {name: value for source in _SOURCES for name, value in source.REQUIRED.get(case.module, {}).items()}
    values = required | case.values
    arguments = "".join(f"  {key} = var.{name}.{key}\n" for key in values)
    source = "./checkout" if case.module == "root" else f"./modules/{case.module}"
    return (
        f'variable "{name}" {{\n  default = {json.dumps(values)}\n}}\n\n'
        f'module "{name}" {{\n  source = "{source}"\n{arguments}}}\n'
    )


@pytest.fixture(scope="module")
def refusals(box: Sandbox) -> list[dict[str, Any]]:
    """The errors of one plan that calls every case from a file of its own."""
    directory = box.beside("cases")
    (directory / "checkout").symlink_to(box.root)
    (directory / "provider.tf").write_text(OFFLINE)
    for position, case in enumerate([*REFUSED, *ACCEPTED]):
        (directory / f"case_{position}.tf").write_text(_call(f"case_{position}", case))
    terraform.run(["get"], directory)
    return errors(messages(["plan", "-json", "-lock=false"], directory))


def _sentences(refusals: list[dict[str, Any]], file: str) -> list[str]:
    """What was refused in a file, without the rule that says so."""
    return [error["detail"].partition("\n")[0] for error in refusals if Path(error["range"]["filename"]).match(file)]


@pytest.mark.parametrize(("position", "case"), list(enumerate(REFUSED)), ids=str)
def test_a_bad_value_is_refused_in_its_own_words(position: int, case: Case, refusals: list[dict[str, Any]]) -> None:
    found = _sentences(refusals, f"case_{position}.tf")
    # What the root hands on is refused where the root calls the module, and all of it looks the same.
    passed_on = _sentences(refusals, "checkout/*.tf") if case.module == "root" else []
    assert found == [case.refusal] or (not found and case.refusal in passed_on)


@pytest.mark.parametrize(("position", "case"), list(enumerate(ACCEPTED, start=len(REFUSED))), ids=str)
def test_a_value_at_the_limit_is_accepted(position: int, case: Case, refusals: list[dict[str, Any]]) -> None:
    assert not _sentences(refusals, f"case_{position}.tf")


def test_nothing_else_goes_wrong(refusals: list[dict[str, Any]]) -> None:
    """An error of another kind could hide that a bad value was accepted."""
    expected = {case.refusal for case in REFUSED}
    assert not {error["detail"] for error in refusals if error["detail"].partition("\n")[0] not in expected}


def test_every_validation_has_a_bad_value(refusals: list[dict[str, Any]]) -> None:
    hit = {(match["file"], int(match["line"])) for error in refusals if (match := _RULE.search(error["detail"]))}
    assert hit == _rules()


def _rules() -> set[tuple[str, int]]:
    """Where validations are written."""
    return {
        (file.relative_to(ROOT).as_posix(), line)
        for file in [*ROOT.glob("variables*.tf"), *ROOT.glob("modules/*/variables*.tf")]
        for line, text in enumerate(file.read_text().splitlines(), start=1)
        if text == "  validation {"
    }
