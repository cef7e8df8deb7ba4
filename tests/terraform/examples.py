"""Examples in documents: fenced hcl blocks whose last line says what they plan."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tests.terraform import sandbox
from tests.terraform.plans import Resources
from tests.terraform.sandbox import Sandbox
from tools import terraform
from tools.paths import ROOT
from tools.terraform.offline import OFFLINE

_FENCED = re.compile(r"^```hcl\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
_EXPECTATION = re.compile(
    r"^# tftest modules=(?P<modules>\d+) resources=(?P<resources>\d+)(?: inventory=(?P<inventory>[\w.-]+\.yaml))?$"
)
_PACKAGE = re.compile(r'"([\w./-]+\.zip)"')
_PROVIDER = 'provider "aws" {\n  region = "eu-central-1"\n}\n'


@dataclass(frozen=True)
class Example:
    """A block of code and what it is said to plan."""

    name: str
    code: str
    modules: int
    resources: int
    inventory: str | None

    @classmethod
    def read(cls, name: str, code: str, expectation: str) -> Self:
        """Take the expectation apart; a misspelled one must not pass as none."""
        match = _EXPECTATION.fullmatch(expectation)
        if match is None:
            raise ValueError(f"{name} ends with {expectation!r}, not with # tftest modules=N resources=N [inventory=…]")
        return cls(name, code, int(match["modules"]), int(match["resources"]), match["inventory"])

    def plan(self, box: Sandbox) -> Resources:
        """Plan the example as if it lay in the root of the repository."""
        directory = box.beside(re.sub(r"\W+", "-", self.name))
        (directory / "main.tf").write_text(self.code)
        for package in _PACKAGE.findall(self.code):
            sandbox.write_package(directory / package)
        if 'provider "aws"' not in self.code:
            (directory / "provider.tf").write_text(_PROVIDER)
        (directory / "provider_override.tf").write_text(OFFLINE)
        terraform.run(["get"], directory)
        return sandbox.plan(directory).resources


def documents() -> list[Path]:
    """Every document that may hold examples."""
    return sorted([*ROOT.glob("README.md"), *ROOT.glob("modules/*/README.md"), *ROOT.glob("docs/**/*.md")])


def examples_in(document: Path) -> Iterator[Example]:
    """The tested examples of a document, in their order."""
    for position, match in enumerate(_FENCED.finditer(document.read_text()), start=1):
        last = match["code"].rstrip().rpartition("\n")[2]
        if last.startswith("# tftest"):
            yield Example.read(f"{document.relative_to(ROOT).as_posix()}-{position}", match["code"], last)
