"""The campaigns, in the order of the page."""

from collections.abc import Callable
from typing import Any, NamedTuple

from tests.proofs.campaigns import authorization, deliveries, fuzz, live, mutants, practice, soak
from tools.report import Section


class Campaign(NamedTuple):
    """Something that is played at a size, with a seed that repeats it."""

    run: Callable[[Any, int], Section]
    short: Any
    full: Any
    # Its short form is a test of the stack, which only one process has.
    on_stack: bool = False


CAMPAIGNS = {
    "deliveries": Campaign(deliveries.run, deliveries.SHORT, deliveries.FULL),
    "live": Campaign(live.run, live.SHORT, live.FULL),
    "practice": Campaign(practice.run, practice.SHORT, practice.FULL),
    "fuzz": Campaign(fuzz.run, fuzz.SHORT, fuzz.FULL),
    "authorization": Campaign(authorization.run, authorization.SHORT, authorization.FULL, on_stack=True),
    "soak": Campaign(soak.run, soak.SHORT, soak.FULL, on_stack=True),
    "mutants": Campaign(mutants.run, mutants.SHORT, mutants.FULL),
}
