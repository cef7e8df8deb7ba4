"""Adaptive practice: its rules under any interleaving, alone and through handlers that die."""

from tests.proofs.campaigns.live_aws.services import NOWHERE, standing_in
from tests.proofs.campaigns.live_quiet import quiet
from tests.proofs.campaigns.practice_machine import handled, pure, run_machine
from tests.proofs.campaigns.practice_mortal import Deaths
from tests.proofs.campaigns.practice_races import race
from tests.proofs.campaigns.practice_rows import Practised, Size, rows
from tests.proofs.practice.place import place_at
from tools.report import Section

SHORT = Size(2_000, 1_000, 60)
FULL = Size(50_000, 50_000, 2_000)

_ABOUT = """A state machine plays sessions of one to eight questions, by both policies: right, wrong and repeated
answers, stale ones, ones ahead of their time or to another question, the same twice with another answer, and two
clients at once. After each step it compares what the student is told and what is stored with a model in plain lists,
and at the end of a session it plays all of it again. {steps} of the steps are against the rules alone. {handled} go
through the real HTTP handler. In every fourth request a call is drawn, of the first six, before or after which the
environment dies with all that it kept, if the request makes so many; then the client sends the same again. There, of
two clients the second writes between what the first reads and writes. In {races} races two threads send at the same
moment, and die as often. DynamoDB is stood in for below the SDK's method calls: each call is atomic, and conditions,
updates and transactions are evaluated in full. A test puts the same calls to the stand-in and to an emulator, and the
same machine runs over the wire against the emulator every day, with fewer steps. Everything but the races follows from
the seed."""


def run(size: Size, seed: int) -> Section:
    """Practise, until all is done or a rule is broken."""
    practised = Practised()
    with quiet():
        try:
            _practise(size, seed, practised)
        except (Exception, BaseExceptionGroup) as error:  # noqa: BLE001  # whatever it is, a claim is broken
            practised.error = error
    about = _ABOUT.format(steps=f"{size.steps:,}", handled=f"{size.handled:,}", races=f"{size.races:,}")
    title, columns = "Adaptive practice with kills", ("", "seen", "bound")
    return Section(title, " ".join(about.split()), columns, tuple(rows(practised, size, seed)))


def _practise(size: Size, seed: int, practised: Practised) -> None:
    run_machine(pure(practised.alone), practised.alone, size.steps, seed)
    with standing_in(seed), place_at(NOWHERE) as place:
        deaths = Deaths(place)
        practised.killed = deaths.killed
        machine = handled(practised.handled, deaths, str(seed))
        run_machine(machine, practised.handled, size.handled, seed)
        race(deaths, size.races, str(seed), practised.raced)
