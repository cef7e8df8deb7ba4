"""What passes for a submission until something outside refuses it: it has to be set aside at once all the same."""

import json
from typing import Any

import pytest

from tests.proofs.lms import Work, document_of
from tests.proofs.scenarios import come_to_rest
from tests.proofs.world import World

GOOD = Work("ada", "s1", "exam", (0, 0, 0, 0))
BAD = document_of(Work("ada", "s2", "exam", (0, 0, 0, 0)))

# Within the limit of 256 KB as sent, but each number of five characters is stored with 41.
SWOLLEN = json.dumps(BAD | {"answers": {"mass": ["$"]}}).replace('"$"', ",".join(["1e40"] * 20_000))
BOTTOMLESS = ', "x": ' + "[" * 3000
# Valid by RFC 3339, and in no year that Python knows once they are in UTC.
BEFORE_TIME, AFTER_TIME = "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"


def with_answer(value: Any) -> str:
    return json.dumps(BAD | {"answers": {"mass": value}}, ensure_ascii=value == "\ud800")


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        pytest.param(SWOLLEN, {"too_large", "invalid_input"}, id="too large for an item"),
        pytest.param(
            json.dumps(BAD)[:-1] + BOTTOMLESS, {"malformed_json", "invalid_input"}, id="a bottomless stranger"
        ),
        pytest.param(json.dumps(BAD | {"submitted_at": BEFORE_TIME}), {"invalid_input"}, id="before the first year"),
        pytest.param(json.dumps(BAD | {"submitted_at": AFTER_TIME}), {"invalid_input"}, id="after the last year"),
        pytest.param(with_answer("x" * 300_000), {"too_large"}, id="too large for the contract"),
        pytest.param(with_answer("\ud800"), {"malformed_json"}, id="a lone surrogate"),
        pytest.param(with_answer("$").replace('"$"', "9" * 5000), {"invalid_input"}, id="an endless number"),
        pytest.param(json.dumps(BAD | {"x\x00\ufffe" * 9000: 1}), {"invalid_input"}, id="an unprintable reason"),
    ],
)
def test_a_hostile_body_is_set_aside_at_once_and_its_neighbours_are_stored(body: str, codes: set[str]) -> None:
    world = World()
    world.send_body(body, "ada", codes)
    world.send(GOOD)
    world.deliver()
    assert world.history.queue.messages == []
    come_to_rest(world)


@pytest.mark.parametrize("value", ["\x00\u007f\ufffe", 10**40, [[[{"": None}]]], "\U0001f600" * 50_000])
def test_a_strange_answer_is_stored_all_the_same(value: Any) -> None:
    world = World()
    world.send_body(with_answer(value), "ada", [])
    world.deliver()
    assert world.history.queue.messages == world.history.dead_letters.messages == []
    [item] = world.history.database.items("submissions")
    assert json.loads(item["answers"]["S"]) == {"mass": value}
