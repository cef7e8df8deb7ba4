from itertools import product

import pytest

from tests.proofs.faults import KILLS, Fault, Killed
from tests.proofs.history import Invoked
from tests.proofs.scenarios import SCENARIOS, come_to_rest, prepared
from tests.proofs.violation import Violation

# Reading the quiz takes two calls, and each record at least one more.
FEWEST_CALLS = {"fresh": 3, "duplicate": 4, "conflict": 4, "poison": 8, "two students": 8, "mixed": 12}


def calls(kind: str) -> list[str]:
    """The external calls that the handler makes for the batch when nothing goes wrong."""
    plan = prepared(kind).deliver()
    assert plan is not None
    return plan.calls


def suffer(kind: str, *troubles: tuple[int, Fault]) -> list[Invoked]:
    """Deliver the batch once per trouble, and then in peace; what was invoked until then."""
    world = prepared(kind)
    before = len(list(world.history.all(Invoked)))
    for number, fault in troubles:
        world.deliver({number: fault})
        world.advance(60)
    troubled = list(world.history.all(Invoked))[before:]
    try:
        come_to_rest(world)
    except Violation as violation:
        violation.add_note(f"a {kind} batch, with {[f'call {number}: {fault}' for number, fault in troubles]}")
        raise
    return troubled


@pytest.mark.parametrize("kind", SCENARIOS)
def test_the_points_are_all_there(kind: str) -> None:
    assert len(calls(kind)) >= FEWEST_CALLS[kind]


@pytest.mark.parametrize("fault", KILLS)
@pytest.mark.parametrize("kind", SCENARIOS)
def test_killed_at_each_call(kind: str, fault: Fault) -> None:
    for number in range(len(calls(kind))):
        [killed] = suffer(kind, (number, fault))
        assert isinstance(killed.error, Killed)


@pytest.mark.parametrize("kind", SCENARIOS)
def test_killed_again_during_the_next_delivery(kind: str) -> None:
    points = list(product(range(len(calls(kind))), KILLS))
    for first, second in product(points, points):
        suffer(kind, first, second)


@pytest.mark.parametrize("fault", [fault for fault in Fault if fault not in KILLS])
@pytest.mark.parametrize("kind", SCENARIOS)
def test_any_other_trouble_at_each_call(kind: str, fault: Fault) -> None:
    for number in range(len(calls(kind))):
        for invoked in suffer(kind, (number, fault)):
            assert invoked.error is None


@pytest.mark.parametrize("kind", SCENARIOS)
def test_the_response_is_lost_after_everything_is_done(kind: str) -> None:
    world = prepared(kind)
    world.deliver(lost=True)
    come_to_rest(world)
