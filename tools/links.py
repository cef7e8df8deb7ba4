"""Whether every link within the repository leads somewhere: `python -m tools.links`."""

import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from tools.markdown import Document, files
from tools.paths import ROOT


def broken(root: Path = ROOT) -> list[str]:
    """The links that lead nowhere, each with the file that it stands in."""
    return [f"{path.relative_to(root)}: {problem}" for path in files(root) for problem in _problems(path, root)]


def _problems(path: Path, root: Path) -> Iterator[str]:
    for link in _document(path).links:
        if "://" in link or link.startswith("mailto:"):
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / unquote(name)).resolve() if name else path
        if not target.is_relative_to(root):
            yield f"{link} leads out of the repository"
        elif not target.exists():
            yield f"there is no {link}"
        elif anchor and anchor not in _anchors(target):
            yield f"there is no heading for {link}"


@cache
def _document(path: Path) -> Document:
    return Document.read(path)


def _anchors(path: Path) -> set[str]:
    """Nothing but the headings of a Markdown file can be led to."""
    return _document(path).anchors if path.suffix == ".md" else set()


def main() -> int:
    """Tell of the links that lead nowhere."""
    found = broken()
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
