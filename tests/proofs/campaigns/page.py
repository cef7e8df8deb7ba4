"""docs/reliability.md: a chapter for each campaign, of the last time that it was played at full size."""

import re
from collections.abc import Mapping
from pathlib import Path

from tests.proofs.campaigns.registry import CAMPAIGNS
from tools.machine import described
from tools.paths import ROOT
from tools.report import Section, markdown

PAGE = ROOT / "docs" / "reliability.md"

_HEAD = """# Reliability

What the campaigns found when each was last played at full size: `make prove` plays them all.
The rules that are judged, and what stands in for AWS, are described in [tests/proofs](../tests/proofs/README.md).
Each chapter tells its seed, which repeats it; `--short` plays it as the test suite does.
"""
_CHAPTER = re.compile(r"^## .*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_NAME = re.compile(r"-m tests\.proofs\.campaigns --seed \d+ (?P<name>\w+)`")


def write(page: Path, played: Mapping[str, Section], seed: int) -> None:
    """Put new chapters in the place of the old ones of the same campaigns; the others stay as they are."""
    chapters = _chapters(page.read_text()) if page.exists() else {}
    chapters |= {name: markdown([_told(name, section, seed)]) for name, section in played.items()}
    page.write_text("\n".join([_HEAD, *(chapters[name] for name in CAMPAIGNS if name in chapters)]))


def _chapters(text: str) -> dict[str, str]:
    """By the name of the campaign, which the line that repeats it tells."""
    chapters = [match[0].rstrip("\n") + "\n" for match in _CHAPTER.finditer(text)]
    return {match["name"]: chapter for chapter in chapters if (match := _NAME.search(chapter))}


def _told(name: str, section: Section, seed: int) -> Section:
    repeat = f"`.venv/bin/python -m tests.proofs.campaigns --seed {seed} {name}`"
    return section._replace(about=f"{described()}; {repeat}\n\n{section.about}")
