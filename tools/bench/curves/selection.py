"""Choosing the next question of a session, and the session as it is stored, by the number of its questions."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from adapters.items import plain, to_item
from quiz.practice.policies import next_pick
from quiz.practice.pools import TRIES, Entry, Pool
from quiz.practice.practising import chosen, named, practise, remembering
from quiz.practice.sessions import Asked, CreateSession, Session, new_session
from tools.bench import plots
from tools.bench.curves import growth
from tools.report import Section

SIZES = (10, 100, 1_000, 10_000, 100_000)
# Over 10,000 as over 10; a saw of at most 2.6 to 1.6 walks lies between sizes.
_MOST_GROWTH, _MOST_SAW = 1.5, 2
_MOST_BYTES = 4_096

_ID = "0123456789abcdef0123456789abcdef"
_MOST_WRONG = 500
_PICKS = 300
_ROUNDS = 31

_ABOUT = f"""\
A session in the middle of its questions, with every field filled and half of what was asked wrong, up to {_MOST_WRONG}
that have to come again: CPU time of the pure rules, over {_PICKS} seeds, medians of {_ROUNDS} rounds in which all sizes
take turns. Which question comes at which position follows from the seed, so nothing is shuffled, and nothing but a
cursor is stored. A permutation of a power of four is asked again where it leads beyond the questions: 1.6 times on
average with 10 and 10,000 of them, 2.6 with 100 and 100,000, never more than 4, which is the saw in the curve. The item
is counted by DynamoDB's rules."""


def sections(_: Path | None) -> list[Section]:
    """Flat: choosing looks at none of the questions but the one that it finds."""
    sessions = {size: session(size) for size in SIZES}
    choosing = growth.medians(SIZES, lambda size: _microseconds(_choosing(sessions[size])), _ROUNDS)
    answering = growth.medians(SIZES, lambda size: _microseconds(_answering(sessions[size])), _ROUNDS)
    sizes = {size: float(item_size(made)) for size, made in sessions.items()}
    table = growth.Table("questions", SIZES)
    rows = (
        table.flat("choose the next question, µs", choosing, _MOST_SAW),
        table.flat("the same, up to 10,000", {size: choosing[size] for size in SIZES[:-1]}, _MOST_GROWTH),
        table.flat("take a right answer and choose, µs", answering, _MOST_SAW),
        table.capped("stored session, bytes", sizes, _MOST_BYTES, ",.0f"),
    )
    picture = plots.draw(
        "selection",
        "Adaptive practice: choosing the next question",
        plots.Scales("questions of the session", "µs of CPU"),
        [plots.Line("choose the next", choosing), plots.Line("take a right answer and choose", answering)],
    )
    return [Section("Session selection", _ABOUT, table.columns, rows, (picture,))]


def session(total: int) -> Session:
    """Half way through, with every field filled."""
    wrong = min(total // 2, _MOST_WRONG)
    wanted = CreateSession(category="mathematics", difficulty=3)
    made = new_session(wanted, _ID, _ID, _ID, _ID, total, 0, 1_772_600_000)
    pool = Pool("".join(str(Pool().with_last(Entry(place, TRIES))) for place in range(total - wrong, total)))
    made = replace(made, pool=str(pool), new_asked=total // 2, answered=2 * total, correct=total, version=2 * total)
    after, pick = chosen(made)
    shown = named(after, pick, "" if pick is None else f"q{pick.place}")
    practised = practise(shown, _asked(shown), correct=False)
    return remembering(practised, practised.session, _ID * 2, "f" * 100)


def item_size(stored: Session) -> int:
    """The bytes that DynamoDB counts of the stored session."""
    return sum(len(name.encode()) + _size(value) for name, value in to_item(plain(stored)).items())


def _asked(shown: Session) -> Asked:
    if shown.asked is None:
        raise AssertionError("nothing is asked")
    return shown.asked


def _seeded(one: Session) -> list[Session]:
    # One seed alone may be quick or slow to find a place.
    return [replace(one, seed=f"{_ID}{number}") for number in range(_PICKS)]


def _choosing(one: Session) -> Callable[[], None]:
    sessions = _seeded(one)

    def work() -> None:
        for each in sessions:
            next_pick(each)

    return work


def _answering(one: Session) -> Callable[[], None]:
    sessions, asked = _seeded(one), _asked(one)

    def work() -> None:
        for each in sessions:
            chosen(practise(each, asked, correct=True).session, asked.place)

    return work


def _microseconds(work: Callable[[], None]) -> float:
    begun = time.process_time()
    work()
    return (time.process_time() - begun) / _PICKS * 1e6


def _size(attribute: dict[str, Any]) -> int:
    [(kind, value)] = attribute.items()
    match kind:
        case "S":
            return len(value.encode())
        case "N":
            # Two digits a byte, and one more; at most one for a sign.
            return len(value) // 2 + 2
        case "M":
            return 3 + sum(len(name.encode()) + 1 + _size(inner) for name, inner in value.items())
        case "L":
            return 3 + sum(1 + _size(inner) for inner in value)
    return 1
