"""Resources keep their state when they get another address: `moved` blocks lead to what is there, and stay."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from tools.paths import ROOT

_MOVED = re.compile(r"^moved \{\n  from = (?P<source>\S+)\n  to   = (?P<target>\S+)\n\}$", re.MULTILINE)
_RESOURCE = re.compile(r'^resource "(\w+)" "(\w+)"', re.MULTILINE)
_CALL = re.compile(r'^module "(\w+)" \{\n(?:.*\n)*?  source += "(\S+)"', re.MULTILINE)


class Move(NamedTuple):
    directory: Path
    source: str
    target: str

    def __str__(self) -> str:
        return f"{self.directory.name}: {self.target}"


_DIRECTORIES = [ROOT, *sorted(path for path in (ROOT / "modules").iterdir() if path.is_dir())]
_MOVES = [
    Move(directory, match["source"], match["target"])
    for directory in _DIRECTORIES
    for file in directory.glob("migrations.tf")
    for match in _MOVED.finditer(file.read_text())
]


def _holds(directory: Path, address: str) -> bool:
    """Whether the configuration in a directory has a resource or a module of this address, its key apart."""
    text = "\n".join(file.read_text() for file in directory.glob("*.tf"))
    head, *rest = re.sub(r"\[[^]]*\]", "", address).split(".")
    if head != "module":
        return (head, *rest) in set(_RESOURCE.findall(text))
    sources = dict(_CALL.findall(text))
    if rest[0] not in sources:
        return False
    return len(rest) == 1 or _holds((directory / sources[rest[0]]).resolve(), ".".join(rest[1:]))


@pytest.mark.parametrize("move", _MOVES, ids=str)
class TestEachMove:
    def test_leads_to_something_that_is_there(self, move: Move) -> None:
        assert _holds(move.directory, move.target)

    def test_leads_there_from_what_is_not_there_any_more(self, move: Move) -> None:
        """Or from what is keyed now and was not."""
        assert move.source != move.target
        keyed = move.target.startswith(f"{move.source}[")
        assert keyed or "[" in move.source or not _holds(move.directory, move.source)


def test_moves_are_written_in_migrations_and_in_one_form() -> None:
    written = sum(
        len(re.findall(r"^moved\b", file.read_text(), re.MULTILINE))
        for directory in _DIRECTORIES
        for file in directory.glob("*.tf")
    )
    assert written == len(_MOVES) > 0


def test_a_target_that_is_not_there_is_noticed() -> None:
    tables = ROOT / "modules" / "tables"
    assert _holds(tables, 'aws_dynamodb_table.this["quizzes"]')
    assert not _holds(tables, "aws_dynamodb_table.quizzes")
    assert _holds(ROOT, "module.scheduler.module.clock.aws_lambda_function.this")
    assert not _holds(ROOT, "module.scheduler.module.clock.aws_lambda_function.that")
