from pathlib import Path
from xml.etree import ElementTree

import pytest

from tools.bench import plots

LINES = [
    plots.Line("ours", {10: 2.0, 1_000: 3.0, 100_000: 2.5}),
    plots.Line("the least", {10: 1.0, 100_000: 1.0}, is_reference=True),
]
SCALES = plots.Scales("players", "milliseconds")


@pytest.fixture
def drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(plots, "DRAWN", tmp_path / "drawn")
    monkeypatch.setattr(plots, "DOCUMENTS", tmp_path / "documents")
    return tmp_path / "drawn"


def _draw(folder: Path) -> bytes:
    plots.draw("reading", "Reading a board", SCALES, LINES)
    return (folder / "reading.svg").read_bytes()


def test_the_same_figures_make_the_same_bytes(drawn: Path) -> None:
    assert _draw(drawn) == _draw(drawn)


def test_a_picture_says_what_it_shows(drawn: Path) -> None:
    said = {element.text for element in ElementTree.fromstring(_draw(drawn)).iter() if element.tag.endswith("text")}
    assert said >= {"Reading a board", "players", "milliseconds", "ours", "the least", "1", "100", "1,000", "100,000"}


def test_nothing_in_it_tells_the_day(drawn: Path) -> None:
    assert b"date" not in _draw(drawn)


def test_it_is_shown_where_the_documents_say_once_it_is_published(drawn: Path) -> None:
    picture = plots.draw("reading", "Reading a board", SCALES, LINES)
    shown = drawn.parent / "documents" / picture
    assert not shown.exists()
    plots.publish([picture])
    assert shown.read_bytes() == (drawn / "reading.svg").read_bytes()
