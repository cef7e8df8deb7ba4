"""The page says of every day what the days say, and what it says to type exists."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.proofs.game_days import page
from tests.unit.runbooks import aws, tools
from tests.unit.runbooks.pages import Page
from tools import module_docs
from tools.paths import ROOT

_PAGE = Page(page.PAGE)


def test_every_fault_has_its_day() -> None:
    tests = "".join(file.read_text() for file in Path(__file__).parent.glob("test_*.py"))
    days = re.findall(r'\bdays\(\s*"([^"]+)"', tests)
    assert sorted(days) == sorted({row.fault for row in page.rows()})


def test_every_row_is_of_its_own() -> None:
    rows = [(row.fault, row.alarm) for row in page.rows()]
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize("block", _PAGE.blocks("sh"), ids=range(len(_PAGE.blocks("sh"))))
def test_what_is_typed_can_be_read_by_a_shell(block: str) -> None:
    done = subprocess.run(["bash", "-n"], input=block, text=True, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_what_is_typed_exists() -> None:
    checks = {"aws": aws.problems, "python": tools.problems}
    assert not [problem for one in _PAGE.commands if one[0] in checks for problem in checks[one[0]](one)]
    outputs = {block.name for block in module_docs.read(ROOT / "outputs.tf")}
    asked = {one[-1] for one in _PAGE.commands if one[:2] == ["terraform", "output"]}
    asked |= {one[1] for one in _PAGE.commands if one[0] == "output" and one[1:]}
    assert asked <= outputs | {"$1"}
