"""The page: what is urgent on top, what is well on one line, and colours on a terminal only."""

import io

from rich.console import Console

from tools.doctor.page import show
from tools.doctor.report import Area, Problem, Report, Urgency, runbook, some, some_of

WELL = Area("queues", "submissions 0")
MILD = Area("errors", "1 of http", (Problem(Urgency.ERRORS, "1 error of http", "aws logs tail"),))
ILL = Area(
    "mappings",
    "0 of 1",
    (
        Problem(Urgency.ODD, "a mapping is slow [sic]"),
        Problem(Urgency.MAPPING, "no \x1b[2Jmapping", "aws mend", "docs/runbooks/stream-late.md"),
    ),
)


def _page(*areas: Area, terminal: bool = False) -> str:
    written = io.StringIO()
    screen = Console(file=written, highlight=False, soft_wrap=True, force_terminal=terminal, width=200)
    show(screen, Report("staging", "2026-11-20T12:00:00Z", 1.5, areas))
    return written.getvalue()


def test_the_most_urgent_is_on_top_with_its_command_and_its_page() -> None:
    lines = [line.strip() for line in _page(MILD, WELL, ILL).splitlines()]
    first = lines.index("Look at this first, and 2 more below:")
    assert lines[first + 1 : first + 4] == [
        "no \N{REPLACEMENT CHARACTER}[2Jmapping",
        "aws mend",
        "docs/runbooks/stream-late.md",
    ]


def test_each_area_has_its_sign() -> None:
    signs = {line[2:].split()[0]: line[0] for line in _page(MILD, WELL, ILL).splitlines() if line[:1] in "✓!✗" and line}
    assert signs == {"errors": "!", "queues": "✓", "mappings": "✗"}


def test_a_page_without_problems_says_so() -> None:
    page = _page(WELL)
    assert "All is well." in page
    assert "first" not in page


def test_colours_are_for_terminals() -> None:
    assert "\x1b[" not in _page(ILL)
    assert "\x1b[" in _page(ILL, terminal=True)


def test_text_is_never_taken_for_markup() -> None:
    assert "a mapping is slow [sic]" in _page(ILL)


def test_problems_come_by_urgency() -> None:
    report = Report("staging", "", 0, (MILD, ILL))
    assert [problem.urgency for problem in report.problems] == [Urgency.MAPPING, Urgency.ERRORS, Urgency.ODD]


def test_only_pages_that_are_there_are_named() -> None:
    assert runbook("https://example.com/runbooks/live-down.md") == "docs/runbooks/live-down.md"
    assert runbook("absent") == ""
    assert runbook("") == ""


def test_lists_are_short() -> None:
    assert some("abcdef", most=4) == "a, b, c, d and 2 more"
    assert some_of(1, "rule") == "1 rule"
    assert some_of(1_200, "rule") == "1,200 rules"
