from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.queue.groups import Groups
from tests.proofs.environment import Platform
from tests.proofs.event_source import failed_ids
from tests.proofs.faults import KILLS, Fault
from tests.proofs.invocation_checker import check_responses
from tests.proofs.lms import Work
from tests.proofs.poisons import POISONS
from tests.proofs.world import World

BATCH = ["m1", "m2", "m3"]


def named(*identifiers: object) -> dict[str, Any]:
    return {"batchItemFailures": [{"itemIdentifier": identifier} for identifier in identifiers]}


@pytest.mark.parametrize(
    "response",
    [
        pytest.param(named("m1", "m9"), id="an unknown id"),
        pytest.param(named(""), id="an empty id"),
        pytest.param(named("m1", None), id="a null id"),
        pytest.param(named(1), id="an id that is no text"),
        pytest.param({"batchItemFailures": [{"messageId": "m1"}]}, id="a bad key"),
        pytest.param({"batchItemFailures": [{}]}, id="no key"),
        pytest.param({"batchItemFailures": ["m1"]}, id="bare ids"),
        pytest.param({"batchItemFailures": {"itemIdentifier": "m1"}}, id="no list"),
        pytest.param(["m1"], id="a list"),
        pytest.param("m1", id="a text"),
        pytest.param({"batchItemFailures": {"m1"}}, id="not JSON"),
    ],
)
def test_a_malformed_response_brings_the_whole_batch_back(response: object) -> None:
    assert failed_ids(response, BATCH) == frozenset(BATCH)


@pytest.mark.parametrize("response", [None, {}, named(), {"batchItemFailures": None}, {"statusCode": 200}])
def test_an_empty_response_deletes_the_whole_batch(response: object) -> None:
    assert failed_ids(response, BATCH) == frozenset()


def test_named_messages_come_back() -> None:
    assert failed_ids(named("m2", "m3"), BATCH) == frozenset(["m2", "m3"])


kinds = st.sampled_from(["work", "late", *POISONS])
records = st.lists(st.tuples(kinds, st.sampled_from(["ada", "bob", "cyd"]), st.integers(0, 4)), min_size=1, max_size=10)
troubles = st.dictionaries(st.integers(0, 12), st.sampled_from([fault for fault in Fault if fault not in KILLS]))


@settings(settings.get_profile("proofs"))
@given(records=records, faults=troubles)
def test_the_handler_always_answers_well_formed(records: list[tuple[str, str, int]], faults: dict[int, Fault]) -> None:
    """With its real threads, so the faults strike whichever group comes to them."""
    world = World(Platform(groups=Groups))
    for kind, student, number in records:
        if kind in POISONS:
            world.poison(kind, student)
        else:
            quiz = "exam" if kind == "work" else kind
            world.send(Work(student, f"s{number % 2}", quiz, (number % 3, None, 0, 0)))
    for _ in range(2):
        world.deliver(faults)
        world.advance(60)
    check_responses(world.history)
