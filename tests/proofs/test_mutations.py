import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.proofs import mistakes
from tests.proofs.environment import Platform
from tests.proofs.machine import SubmissionDelivery
from tests.proofs.violation import Violation

MUTANTS = {
    "a write without a condition": (Platform(submissions=mistakes.OverwritingStore), "was stored by invocation"),
    "a look before the write": (Platform(submissions=mistakes.RacyStore), "was stored by invocation"),
    "a handler that names no failures": (Platform(handler=mistakes.silent_handler), "vanished"),
    "a conflict taken for a resend": (Platform(submissions=mistakes.ForgivingStore), "vanished"),
    "dead letters de-duplicated by group": (Platform(dead_letters=mistakes.HastyLetters), "vanished"),
    "a point too many": (Platform(submissions=mistakes.GenerousStore), "and should have"),
    "a poison record raised": (Platform(processor=mistakes.RaisingProcessor), "had no trouble and gave back"),
    "a group that goes on after a failure": (Platform(groups=mistakes.HurriedGroups), "sent earlier"),
    "failures named by receipt": (Platform(handler=mistakes.mistaken_handler), "named"),
}


@pytest.mark.parametrize("mutant", MUTANTS)
def test_the_checker_catches(mutant: str) -> None:
    wrong, complaint = MUTANTS[mutant]

    class Mutated(SubmissionDelivery):
        platform = wrong

    profile = settings(settings.get_profile("proofs"), phases=[Phase.generate], derandomize=True, max_examples=500)
    with pytest.raises(Violation, match=complaint):
        run_state_machine_as_test(Mutated, settings=profile)
