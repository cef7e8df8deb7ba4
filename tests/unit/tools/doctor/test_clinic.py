"""Everything at once, and nothing that is waited for in vain."""

import time

from tests.unit.tools.doctor.stubs import Service, clinic
from tools.doctor.clinic import NoAnswer, side_by_side


def test_answers_come_in_order_and_failures_are_answers() -> None:
    zero, one, two = side_by_side(lambda number: 2 / number, [0, 1, 2])
    assert isinstance(zero, ZeroDivisionError)
    assert (one, two) == (2, 1)


def test_they_are_done_at_the_same_time() -> None:
    begun = time.monotonic()
    side_by_side(lambda _: time.sleep(0.2), range(20))
    assert time.monotonic() - begun < 2


def test_silence_is_an_answer() -> None:
    begun = time.monotonic()
    slow, quick = side_by_side(time.sleep, [30, 0], seconds=0.2)
    assert time.monotonic() - begun < 5
    assert isinstance(slow, NoAnswer)
    assert quick is None


def test_thresholds_are_those_of_the_environment_or_the_usual_ones() -> None:
    told = '{"waiting": 7, "oldest_seconds": 1, "in_flight_percent": 2, "dead_letters": 3, "table_milliseconds": 4, '
    told += '"cache_milliseconds": 5, "canary_seconds": 6}'
    known = {"functions": {"health": "quiz-staging-health"}}
    for variables, waiting in (({"HEALTH_THRESHOLDS": told}, 7), ({"HEALTH_THRESHOLDS": "{}"}, 10_000), ({}, 10_000)):
        configured = Service(get_function_configuration={"Environment": {"Variables": variables}})
        assert clinic(known, functions=configured).thresholds().waiting == waiting
    assert clinic().thresholds().waiting == 10_000
