"""The table of a campaign of practice."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.proofs.campaigns.practice_machine import Tally
from tools.report import Row

_CLAIMS = {
    "rule 1": "After a wrong answer the same question comes again, its options in another order, and what it costs",
    "rule 3": "What was wrong has to be right twice more, begun anew by every mistake; then it is mastered",
    "rule 4": "Then comes what has waited longest or a new one, never twice the same in a row if others are left; "
    "the same answers to a session of the same seed are told the same",
    "rule 5": "Of the answers to a version one counts, and is told again when it is sent again; stale and early ones, "
    "and those to another question, change nothing",
    "rule 6": "What is told and stored of progress, by question and in sum, is what was answered",
    "": "Nothing else goes wrong: no key is told after a wrong answer, and no request fails",
}
_REQUESTS = ("create", "read", "answer", "race")
_SHOWN = 300


class Size(NamedTuple):
    """Steps of the state machine with the rules alone and through the handler, and races of two tabs."""

    steps: int
    handled: int
    races: int


@dataclass
class Practised:
    """What was done, and what it ended with if a rule was broken."""

    alone: Tally = field(default_factory=Tally)
    handled: Tally = field(default_factory=Tally)
    raced: Counter[str] = field(default_factory=Counter)
    killed: Counter[str] = field(default_factory=Counter)
    error: BaseException | None = None


def rows(practised: Practised, size: Size, seed: int) -> list[Row]:
    """What was done, and each rule."""
    return [Row(("Seed", f"{seed}", "")), *_done(practised, size), *_judged(practised, seed)]


def _done(practised: Practised, size: Size) -> list[Row]:
    alone, handled, raced = practised.alone, practised.handled, practised.raced
    told = {
        "Sessions: rules alone, through the handler": f"{alone.sessions:,}, {handled.sessions:,}",
        "Answers told, rules alone": _by_name(alone.verdicts),
        "Answers told, through the handler": _by_name(handled.verdicts),
        "Answers told in races": _by_name(raced),
    }
    killed = practised.killed
    return [
        _least("Steps with the rules alone", alone.steps, size.steps),
        _least("Steps through the handler", handled.steps, size.handled),
        _least("Races of two tabs", sum(raced.values()) // 2, size.races),
        *(Row((name, figure, "")) for name, figure in told.items()),
        Row(("Kills by request", _by_name(killed), "of every kind"), holds=all(killed[name] for name in _REQUESTS)),
    ]


def _least(name: str, number: int, least: int) -> Row:
    return Row((name, f"{number:,}", f"at least {least:,}"), holds=number >= least)


def _judged(practised: Practised, seed: int) -> list[Row]:
    if practised.error is None:
        return [Row((claim, "0 violations", "0 violations"), holds=True) for claim in _CLAIMS.values()]
    what = _innermost(practised.error)
    rule = next((rule for rule in _CLAIMS if rule and str(what).startswith(rule)), "")
    told = f"seed {seed}: {type(what).__name__}: {what}"[:_SHOWN]
    # The others were not looked at to the end.
    return [
        Row((claim, told, "0 violations"), holds=False) if name == rule else Row((claim, "the run ended early", ""))
        for name, claim in _CLAIMS.items()
    ]


def _innermost(error: BaseException) -> BaseException:
    """Hypothesis wraps what it finds where it does not find it twice."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _by_name(counted: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {counted[name]:,}" for name in sorted(counted))
