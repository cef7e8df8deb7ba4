"""The runbook pages, and what they hold: commands, queries, links."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.unit.runbooks import shell
from tools.paths import ROOT

FOLDER = ROOT / "docs" / "runbooks"
INDEX = FOLDER / "README.md"

_FENCE = re.compile(r"^(?P<indent> *)```(?P<language>\w*)\n(?P<body>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)")
_HEADING = re.compile(r"^(?P<level>#+) (?P<title>.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """One page."""

    path: Path

    @property
    def name(self) -> str:
        """Name of the page, which is the alarm's or that of several alike."""
        return self.path.stem

    @cached_property
    def text(self) -> str:
        """All of it."""
        return self.path.read_text(encoding="utf-8")

    @property
    def prose(self) -> str:
        """All of it but what stands between fences."""
        return _FENCE.sub("", self.text)

    def headings(self, level: int) -> list[str]:
        """The headings of one level, in their order."""
        return [match["title"] for match in _HEADING.finditer(self.prose) if len(match["level"]) == level]

    @property
    def anchors(self) -> set[str]:
        """What a link to a part of the page may say after its #."""
        titles = [match["title"].lower() for match in _HEADING.finditer(self.prose)]
        return {re.sub(r"[^\w -]", "", title).replace(" ", "-") for title in titles}

    @property
    def links(self) -> list[str]:
        """Where the links lead that stay in the repository."""
        return [match["target"] for match in _LINK.finditer(self.prose) if "://" not in match["target"]]

    def blocks(self, language: str) -> list[str]:
        """What stands between fences, without the indentation of a list."""
        return [
            re.sub(rf"^{match['indent']}", "", match["body"], flags=re.MULTILINE)
            for match in _FENCE.finditer(self.text)
            if match["language"] == language
        ]

    @property
    def languages(self) -> set[str]:
        """What the fences are said to hold."""
        return {match["language"] for match in _FENCE.finditer(self.text)}

    @cached_property
    def commands(self) -> list[list[str]]:
        """Every command that somebody would type, and every one within another."""
        return [command for block in self.blocks("sh") for command in shell.commands(block)]


def pages() -> list[Page]:
    """All pages but the index."""
    return [Page(path) for path in sorted(FOLDER.glob("*.md")) if path != INDEX]
