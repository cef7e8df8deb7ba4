"""A run of all measurements writes the page; anything less leaves it alone."""

from pathlib import Path

import pytest

from tools.bench import __main__ as bench
from tools.bench.registry import Measurement
from tools.report import Row, Section


def _section(holds: bool | None) -> list[Section]:
    return [Section("Speed", "How fast.", ("what", "seen"), (Row(("a", "1"), holds),))]


def _fail(_: Path | None) -> list[Section]:
    raise RuntimeError("no network")


def _measuring(
    monkeypatch: pytest.MonkeyPatch,
    one: Measurement = lambda _: _section(holds=True),
    two: Measurement = lambda _: _section(holds=None),
) -> None:
    monkeypatch.setattr(bench, "MEASUREMENTS", {"one": one, "two": two})


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(bench, "PAGE", tmp_path / "benchmarks.md")
    _measuring(monkeypatch)
    return bench.PAGE


def test_a_whole_run_writes_the_page(page: Path) -> None:
    assert bench.main([]) == 0
    assert page.read_text().startswith("# Benchmarks\n")
    assert page.read_text().count("## Speed\n\nHow fast.") == 2
    assert "beside no other implementation" in page.read_text()


def test_the_page_says_what_was_compared_with(page: Path, tmp_path: Path) -> None:
    (tmp_path / "originals").mkdir()
    assert bench.main(["--against", str(tmp_path / "originals")]) == 0
    assert "beside the implementations in `originals`" in page.read_text()


def test_a_part_leaves_the_page_alone(page: Path) -> None:
    assert bench.main(["--only", "two"]) == 0
    assert not page.exists()


def test_a_broken_bound_is_written_down_and_an_error(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _measuring(monkeypatch, two=lambda _: _section(holds=False))
    assert bench.main([]) == 1
    assert "**broken**" in page.read_text()


def test_what_cannot_be_measured_is_an_error_and_the_others_are_shown(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _measuring(monkeypatch, one=_fail)
    assert bench.main([]) == 1
    said = capsys.readouterr()
    assert "one could not be measured" in said.out
    assert "How fast." in said.out
    assert "no network" in said.err
    assert not page.exists()


def test_a_folder_that_is_not_there_is_refused(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        bench.main(["--against", "nowhere"])
    assert "there is no folder nowhere" in capsys.readouterr().err
