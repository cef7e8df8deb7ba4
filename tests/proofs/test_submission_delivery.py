from collections import Counter

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.proofs.faults import Fault
from tests.proofs.history import Invoked, SetAside
from tests.proofs.machine import SubmissionDelivery
from tests.proofs.poisons import POISONS
from tests.proofs.violation import CONFLICT


def test_nothing_is_lost_and_nothing_is_counted_twice() -> None:
    seen: Counter[object] = Counter()

    class Observed(SubmissionDelivery):
        def teardown(self) -> None:
            super().teardown()
            history = self.world.history
            for event in history.all(Invoked):
                seen.update([*event.faults, type(event.error).__name__])
            seen.update(event.code for event in history.all(SetAside))
            seen.update("given up" for m in history.ledger.values() if m.source and not m.error_code)

    run_state_machine_as_test(Observed, settings=settings.get_profile("proofs"))

    # An adversary that never struck would prove nothing.
    codes = {code for _, allowed in POISONS.values() for code in allowed}
    assert {*Fault, *codes, CONFLICT, "Killed", "FunctionError", "given up"} <= seen.keys()
