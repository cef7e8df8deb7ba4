"""The local stack on a game day: nobody else looks at it meanwhile, and what was measured is shown at the end."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TypeAlias

import pytest

from tests.proofs.game_days import definitions, page, people
from tests.proofs.game_days.day import Day, Platform
from tests.proofs.game_days.faults import paused_inspections
from tests.proofs.game_days.page import Measured
from tests.proofs.game_days.sources import Source
from tests.stack.support import Stack

Days: TypeAlias = Callable[..., AbstractContextManager[Day]]

_measured = pytest.StashKey[list[Measured]]()


@pytest.fixture(scope="session")
def platform(stack: Stack) -> Iterator[Platform]:
    with paused_inspections(stack), people.listening(stack) as told:
        yield Platform(stack, definitions.applied(stack), told)


@pytest.fixture
def days(platform: Platform, pytestconfig: pytest.Config) -> Days:
    """A day by the name of its fault in the page, and by where its readings come from."""

    @contextmanager
    def begin(fault: str, *sources: Source) -> Iterator[Day]:
        rows = [row for row in page.rows() if row.fault == fault]
        assert rows, f"the page knows no fault {fault!r}"
        day = Day(platform, rows, sources)
        try:
            yield day
        finally:
            day.end()
            pytestconfig.stash.setdefault(_measured, []).extend(day.measured)

    return begin


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Keep what was measured, in whatever process it was."""
    if measured := session.config.stash.get(_measured, []):
        page.MEASURED.write_text(f"{page.table(measured)}\n")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Show what was measured in this process."""
    if measured := config.stash.get(_measured, []):
        terminalreporter.section("game days")
        terminalreporter.write_line(page.table(measured))
