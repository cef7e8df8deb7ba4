"""How long `make up` takes is shown, and kept for those who measure it."""

from pathlib import Path

import pytest
from rich.console import Console

from tools.stack import phases


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(phases, "FILE", tmp_path / "up.json")
    return phases.FILE


def test_each_phase_is_a_line_with_its_time_and_its_note() -> None:
    console = Console(record=True, width=80)
    done = phases.Phases(console)
    with done.phase("redis") as note:
        note.append("found one")
    shown = console.export_text()
    assert "✓ redis" in shown
    assert "found one" in shown


def test_what_is_done_twice_counts_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    done = phases.Phases(Console(quiet=True))
    clock = iter([0.0, 1.0, 5.0, 7.0])
    monkeypatch.setattr("tools.stack.phases.time.monotonic", lambda: next(clock))
    for _ in range(2):
        with done.phase("emulator", spinner=False):
            pass
    assert done.seconds == {"emulator": 3.0}


def test_the_newest_of_each_kind_is_kept() -> None:
    phases.keep(phases.FROM_NOTHING, {"redis": 3.0})
    phases.keep(phases.AGAIN, {"redis": 2.0})
    phases.keep(phases.AGAIN, {"redis": 1.0})
    assert phases.kept() == {"from nothing": {"redis": 3.0}, "again": {"redis": 1.0}}


@pytest.mark.parametrize("held", ["", "{", '{"again": 1}'])
def test_nothing_is_kept_where_nothing_can_be_read(file: Path, held: str) -> None:
    assert phases.kept() == {}
    file.write_text(held)
    assert phases.kept() == {}
