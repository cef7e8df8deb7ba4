"""How fast a full queue is worked off, on the local stack and by the functions alone, against the original."""

import secrets
from collections.abc import Iterator
from pathlib import Path

from tools.bench.draining import core, stack
from tools.bench.draining.core import Rates
from tools.bench.draining.stack import Drained
from tools.report import Row, Section

MOST_OF_THEIR_TIME = 1.0
LEAST_TIMES_THEIR_RATE = 5.0

_SENT = stack.STUDENTS * stack.ROUNDS * stack.EACH_IN_A_ROUND
# What DynamoDB takes for a small write, as a function in its region sees it.
_ANSWER_MS = 5.0

_COLUMNS = ("", "ours", "`quiz_processor`", "ratio", "bound")
_STACK = f"""{_SENT:,} submissions of {stack.STUDENTS} students are posted to the queue of the local stack in
{stack.ROUNDS} rounds while its mapping is off, which is then switched on and works off the queue. The original, with
its repair and its libraries, runs on the same emulator behind a queue, a table and a mapping of its own with the same
attributes and the same batches of ten. Both get the same messages, in turns; shown are medians of the rounds. What
counts is how long the functions were at work, as Lambda reports and bills it: the clock beside it shows mostly the
emulator, whose one poller of all mappings sleeps for 50 ms whenever a table with a stream is written to. Therefore what
follows from our results (announcements) is worked off after the rounds, and the original's table and role have what
ours have: a stream, two indexes, and as many policies. Stored is what the tables hold in the end."""
_CORE = f"""Batches of ten students are handed to the handlers, each in a process of its own that is held to one core.
Below botocore every call is answered, so that serialising, signing and parsing are paid for. First as in Lambda: each
call is answered {_ANSWER_MS:.0f} ms after it was sent, and an environment with one core does one batch after the other.
Then without any waiting, where nothing but CPU time is left. Medians of turns."""


def sections(against: Path | None) -> list[Section]:
    """On the stack; and in process, if there is something to compare with."""
    run = f"bench-{secrets.token_hex(4)}"
    found = [Section("Drain: the local stack", _STACK, _COLUMNS, tuple(_of_stack(*stack.drained(run, against))))]
    if against is not None:
        as_in_lambda, at_once = core.rates(against, _ANSWER_MS), core.rates(against, 0)
        found.append(Section("Drain: one core", _CORE, _COLUMNS, tuple(_of_core(as_in_lambda, at_once))))
    return found


def _of_stack(ours: Drained, theirs: Drained | None) -> Iterator[Row]:
    mine, other = ours.median, theirs.median if theirs else None
    yield _times("milliseconds of the function for each message", mine.function, other and other.function, judged=True)
    yield _times("milliseconds on the clock for each message", mine.clock, other and other.clock, judged=False)
    stored = f"{theirs.stored:,}" if theirs else ""
    yield Row((f"stored of {_SENT:,}", f"{ours.stored:,}", stored, "", "ours: all"), ours.stored == _SENT)


def _times(what: str, ours: float, theirs: float | None, *, judged: bool) -> Row:
    if theirs is None:
        return Row((what, f"{ours:.2f}", "", "", ""))
    bound, holds = (f"≤ {MOST_OF_THEIR_TIME:.0f}", ours <= MOST_OF_THEIR_TIME * theirs) if judged else ("", None)
    return Row((what, f"{ours:.2f}", f"{theirs:.2f}", f"{ours / theirs:.2f}", bound), holds)


def _of_core(as_in_lambda: tuple[Rates, Rates], at_once: tuple[Rates, Rates]) -> Iterator[Row]:
    ours, theirs = (each.wall for each in as_in_lambda)
    rates = f"{ours:,.0f}", f"{theirs:,.0f}", f"{ours / theirs:.1f}"
    bound = f"≥ {LEAST_TIMES_THEIR_RATE:.0f}"
    yield Row(("submissions a second of one core", *rates, bound), ours / theirs >= LEAST_TIMES_THEIR_RATE)
    ours, theirs = (each.cpu for each in at_once)
    yield Row(("submissions a second of CPU", f"{ours:,.0f}", f"{theirs:,.0f}", f"{ours / theirs:.1f}", ""))
