"""Every function is started, and what a start took is judged by the floor and by the original."""

import re

import jwt
import pytest

from tools.bench.cold_start import Spent, rows
from tools.bench.starting import pool, program
from tools.bench.starting.firsts import firsts
from tools.paths import ROOT


def _spent(**cpu: float) -> dict[str, Spent]:
    return {name: Spent(each, each + 1) for name, each in cpu.items()}


def test_every_function_has_a_first_event() -> None:
    texts = [file.read_text() for file in (ROOT / "modules").glob("*/*.tf")]
    entries = {entry for text in texts for entry in re.findall(r'handler += "([a-z._]+)"', text)}
    assert set(firsts()) == entries


def test_the_floor_and_the_original_are_judged_by_nobody() -> None:
    found = list(rows(_spent(floor=100, baseline=200)))
    assert [(row.cells[0], row.holds) for row in found] == [("the floor", None), ("`quiz_processor`, repaired", None)]


@pytest.mark.parametrize(("cpu", "holds"), [(100, True), (120, True), (121, False), (151, False)])
def test_the_submissions_function_is_held_to_both_bounds(cpu: float, holds: bool) -> None:
    entry = "handlers.queue.submissions.handler"
    *_, row = rows(_spent(floor=100, baseline=200, **{entry: cpu}))
    assert (row.cells[0], row.holds) == ("queue.submissions", holds)


@pytest.mark.parametrize(("cpu", "holds"), [(150, True), (151, False)])
def test_other_functions_are_held_to_the_floor(cpu: float, holds: bool) -> None:
    for baseline in ({}, {"baseline": 200.0}):
        *_, row = rows(_spent(floor=100, **baseline, **{"handlers.api.http.handler": cpu}))
        assert row.holds is holds


def test_the_program_of_a_start_is_python() -> None:
    for entry, first in firsts().items():
        compile(program.first(ROOT, entry, first.event, first.answers, first.url), entry, "exec")


def test_the_pool_signs_what_its_keys_verify() -> None:
    [key] = jwt.PyJWKSet.from_json(pool.published()).keys
    claims = jwt.decode(pool.event()["queryStringParameters"]["token"], key, ["RS256"])
    assert (claims["sub"], claims["client_id"]) == ("student", pool.VARIABLES["USER_POOL_CLIENT_ID"])
