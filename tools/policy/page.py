"""The page of everything that checkov is told to skip, made from the comments beside the resources."""

from itertools import groupby
from pathlib import Path

from tools.paths import ROOT
from tools.policy.skips import Skip, skips

PAGE = ROOT / "docs" / "policy.md"
_INTRODUCTION = Path(__file__).with_name("introduction.md")


def rendered() -> str:
    """The page as it should be."""
    found = skips()
    sections = [
        _section(directory, list(group)) for directory, group in groupby(found, lambda skip: skip.block.directory)
    ]
    return "\n".join([_INTRODUCTION.read_text(), *sections])


def _section(directory: str, found: list[Skip]) -> str:
    rows = [
        f"| `{skip.block.kind}.{skip.block.name}` | {skip.check} | {skip.reason.replace('|', chr(92) + '|')} |"
        for skip in found
    ]
    return "\n".join(
        [f"### {directory}", "", "| block | check | what protects instead |", "| --- | --- | --- |", *rows, ""]
    )
