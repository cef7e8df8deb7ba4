"""What checkov is told to skip: comments inside a block of Terraform, each with what protects instead."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.paths import ROOT
from tools.policy.errors import PolicyError

COMMENT = "#checkov:skip="

_HEADER = re.compile(r'^(?:resource|data) "(\w+)" "(\w+)" \{')
_SKIP = re.compile(rf"^  {COMMENT}(CKV2?_AWS_\d+): (\S.*)$")


@dataclass(frozen=True, order=True)
class Block:
    """A resource or a policy document, as it is written: the directory, the type and the name."""

    directory: str
    kind: str
    name: str

    def __str__(self) -> str:
        """As the documents show it."""
        return f"{self.directory}: {self.kind}.{self.name}"


@dataclass(frozen=True, order=True)
class Skip:
    """A check that a block is excused from, and why."""

    block: Block
    check: str
    reason: str


def skips(root: Path = ROOT) -> list[Skip]:
    """Every skip comment of the root, of the modules and of bootstrap."""
    files = [*root.glob("*.tf"), *root.glob("bootstrap/*.tf"), *root.glob("modules/*/*.tf")]
    return sorted(skip for file in files for skip in _read(file, file.parent.relative_to(root).as_posix()))


def _read(file: Path, directory: str) -> Iterator[Skip]:
    block: Block | None = None
    for number, line in enumerate(file.read_text().splitlines(), start=1):
        if header := _HEADER.match(line):
            block = Block(directory, header[1], header[2])
        elif line == "}":
            block = None
        elif "checkov:skip" in line:
            found = _SKIP.match(line)
            if not (block and found):
                raise PolicyError(f"{file.name}:{number} must be in a block and read: {COMMENT}CKV_AWS_1: the reason")
            yield Skip(block, found[1], found[2])
