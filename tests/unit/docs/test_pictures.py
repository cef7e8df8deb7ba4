"""Every diagram of the overview has its picture, and every picture shows the diagram as it is."""

import re
from pathlib import Path

import pytest

from tools import pictures
from tools.markdown import Document
from tools.paths import ROOT

PAGES = [Document.read(ROOT / "docs" / name) for name in ("architecture.md", "operations.md", "security.md")]
each = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def test_no_picture_is_stale() -> None:
    assert pictures.stale() == []


@each
def test_every_diagram_has_a_picture_that_the_page_leads_to(page: Document) -> None:
    diagrams = [block for block in page.blocks if block.language == "mermaid"]
    assert diagrams
    names = [block.note.removeprefix("picture: ") for block in diagrams]
    assert [link for link in page.links if link.endswith(".svg")] == [f"pictures/{name}.svg" for name in names]


def test_a_picture_fetches_nothing_and_runs_nothing() -> None:
    for path in pictures.FOLDER.glob("*.svg"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<script|<foreignObject|<image|@import|(?:href|src)=\"https?:", text), path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(pictures, "FOLDER", tmp_path)
    monkeypatch.setattr(pictures, "sources", lambda: {"one": "flowchart LR\n  a --> b\n"})
    return tmp_path


def test_a_missing_picture_is_stale(folder: Path) -> None:
    assert pictures.stale() == ["one"]


def test_a_picture_of_this_source_is_not(folder: Path) -> None:
    mark = pictures.fingerprint(pictures.sources()["one"])
    (folder / "one.svg").write_text(f"<svg/>\n<!-- {mark} -->\n")
    assert pictures.stale() == []


def test_a_picture_of_another_source_is(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "one.svg").write_text(f"<svg/>\n<!-- {pictures.fingerprint('flowchart LR')} -->\n")
    assert pictures.main(["--check"]) == 1
    assert "docs/pictures/one.svg is stale" in capsys.readouterr().err


def test_a_picture_that_no_diagram_has_is_stale(folder: Path) -> None:
    (folder / "gone.svg").write_text("<svg/>")
    assert pictures.stale() == ["gone", "one"]


def test_without_the_program_it_says_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(folder))
    with pytest.raises(pictures.PictureError, match="npm install"):
        pictures.main([])
