"""The documents' diagrams as pictures, for where Mermaid is not shown: `python -m tools.pictures [--check]`.

A diagram gets one by the line `<!-- picture: NAME -->` above it. Drawing takes the Mermaid CLI (`mmdc`, from npm) and a
Chromium. Whether a picture is that of its source can be told without: it carries the source's fingerprint.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.markdown import Document, files
from tools.paths import ROOT

FOLDER = ROOT / "docs" / "pictures"
_NOTE = re.compile(r"picture: ([a-z][a-z-]*)")
_STYLE = {
    "theme": "neutral",
    # Text of the picture's own, which every viewer can show.
    "htmlLabels": False,
    "flowchart": {"htmlLabels": False, "curve": "basis", "nodeSpacing": 40, "rankSpacing": 55},
    "themeVariables": {"fontSize": "15px"},
    "fontFamily": "DejaVu Sans, Verdana, sans-serif",
    "deterministicIds": True,
}
_BROWSER = {"args": ["--no-sandbox", "--disable-gpu"]}


class PictureError(Exception):
    """A picture that cannot be drawn."""


def sources() -> dict[str, str]:
    """The diagrams that have a picture, by its name."""
    noted = [(block, _NOTE.fullmatch(block.note)) for path in files() for block in Document.read(path).blocks]
    named = [(match[1], block.text) for block, match in noted if match and block.language == "mermaid"]
    if len(named) != len(dict(named)):
        raise PictureError("two diagrams have the same picture")
    return dict(named)


def fingerprint(source: str) -> str:
    """What tells a picture of this source, in this style, from others."""
    return hashlib.sha256((json.dumps(_STYLE, sort_keys=True) + source).encode()).hexdigest()[:16]


def stale() -> list[str]:
    """Names of the pictures that are missing, that show another source, or that no diagram has."""
    wanted = {name: fingerprint(source) for name, source in sources().items()}
    there = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.svg")}
    outdated = [name for name, mark in wanted.items() if f"<!-- {mark} -->" not in there.get(name, "")]
    return sorted({*outdated, *(there.keys() - wanted.keys())})


def draw(name: str, source: str) -> None:
    """Draw one picture."""
    program = shutil.which("mmdc")
    if program is None:
        raise PictureError("the Mermaid CLI is needed: npm install --global @mermaid-js/mermaid-cli")
    with tempfile.TemporaryDirectory() as folder:
        given = {"in.mmd": source, "style.json": json.dumps(_STYLE), "browser.json": json.dumps(_BROWSER)}
        for file, text in given.items():
            (Path(folder) / file).write_text(text, encoding="utf-8")
        arguments = ["-i", "in.mmd", "-o", "out.svg", "-c", "style.json", "-p", "browser.json", "-b", "white"]
        done = subprocess.run(
            [program, "--quiet", *arguments, "--svgId", name],
            cwd=folder,
            env={"PUPPETEER_EXECUTABLE_PATH": shutil.which("chromium") or "", **os.environ},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise PictureError(f"{name}: {done.stderr or done.stdout}")
        drawn = (Path(folder) / "out.svg").read_text(encoding="utf-8").rstrip()
    (FOLDER / f"{name}.svg").write_text(f"{drawn}\n<!-- {fingerprint(source)} -->\n", encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Draw the pictures that are stale, or only tell which are."""
    outdated, wanted = stale(), sources()
    for name in outdated:
        if arguments == ["--check"]:
            print(f"docs/pictures/{name}.svg is stale; run: python -m tools.pictures", file=sys.stderr)
        elif name in wanted:
            draw(name, wanted[name])
        else:
            (FOLDER / f"{name}.svg").unlink()
    return 1 if arguments == ["--check"] and outdated else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
