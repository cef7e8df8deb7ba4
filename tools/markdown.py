"""The Markdown files of this repository, and what they hold: fenced blocks, headings, links."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

from tools.paths import ROOT

# What others wrote, and what was made here.
_NOT_OURS = {"build", "node_modules"}

_FENCE = re.compile(
    r"(?:^<!-- (?P<note>.+?) -->\n)?"
    r"^(?P<indent> *)(?P<ticks>`{3,})(?P<info>[^`\n]*)\n(?P<body>.*?)^(?P=indent)(?P=ticks)$",
    re.MULTILINE | re.DOTALL,
)
_HEADING = re.compile(r"^#{1,6} (.+?) *#*$", re.MULTILINE)
_ANCHOR = re.compile(r"<a (?:id|name)=\"([^\"]+)\"")
_CODE = re.compile(r"(`+)(?:(?!\1).)+\1", re.DOTALL)
_LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)|^\[[^\]]+\]:\s*(\S+)", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """What stands between two fences."""

    language: str
    marks: tuple[str, ...]
    note: str
    text: str
    line: int


@dataclass(frozen=True)
class Document:
    """A Markdown file."""

    path: Path
    text: str

    @classmethod
    def read(cls, path: Path) -> Self:
        """The file as it is now."""
        return cls(path, path.read_text(encoding="utf-8"))

    @property
    def name(self) -> str:
        """Its place in the repository."""
        return self.path.relative_to(ROOT).as_posix()

    @cached_property
    def blocks(self) -> list[Block]:
        """Its fenced blocks, without the indentation of a list."""
        return [_block(match, self.text) for match in _FENCE.finditer(self.text)]

    @cached_property
    def prose(self) -> str:
        """All of it but what stands between fences."""
        return _FENCE.sub("", self.text)

    @cached_property
    def anchors(self) -> set[str]:
        """What may stand behind the # of a link to it, as GitHub makes it from the headings."""
        found: set[str] = set(_ANCHOR.findall(self.prose))
        seen: dict[str, int] = {}
        for heading in _HEADING.findall(self.prose):
            slug = _slug(heading)
            again = seen[slug] = seen.get(slug, -1) + 1
            found.add(f"{slug}-{again}" if again else slug)
        return found

    @cached_property
    def links(self) -> list[str]:
        """Where its links and pictures lead."""
        return [one or other for one, other in _LINK.findall(_CODE.sub("", self.prose))]

    @cached_property
    def quoted(self) -> list[str]:
        """What its sentences show as code."""
        return [match[0].strip("` ") for match in _CODE.finditer(self.prose)]


def _block(match: re.Match[str], text: str) -> Block:
    language, *marks = match["info"].split() or [""]
    body = re.sub(rf"^{match['indent']}", "", match["body"], flags=re.MULTILINE)
    line = text.count("\n", 0, match.start("ticks")) + 1
    return Block(language, tuple(marks), match["note"] or "", body, line)


def _slug(heading: str) -> str:
    shown = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    return re.sub(r"[^\w -]", "", shown.lower()).replace(" ", "-")


def files(root: Path = ROOT) -> list[Path]:
    """Every Markdown file of ours."""
    return sorted(_found(root))


def _found(folder: Path) -> Iterator[Path]:
    for entry in folder.iterdir():
        if entry.name.startswith(".") or entry.name in _NOT_OURS:
            continue
        if entry.is_dir():
            yield from _found(entry)
        elif entry.suffix == ".md":
            yield entry
