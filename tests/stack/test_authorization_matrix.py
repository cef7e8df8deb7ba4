"""Every route and action gives every kind of caller what the matrix says."""

import re
from functools import partial

from quiz.live import wishes
from quiz.live.wishes import ClientMessage
from tests.proofs.campaigns import authorization
from tests.proofs.campaigns.authorization import Tokens, judged
from tests.proofs.campaigns.authorizing.matrix import ACTIONS, CALLERS, ROUTES, Line
from tests.stack.support import Stack

_SEED = 20_260


def test_everybody_gets_what_the_matrix_says(stack: Stack) -> None:
    section = authorization.run(authorization.SHORT, _SEED)
    assert [row.cells for row in section.rows if row.holds is not True] == []
    assert len(section.rows) == len(ROUTES) + len(ACTIONS) + 3


def test_no_action_is_left_out() -> None:
    described = [each for each in vars(wishes).values() if isinstance(each, type) and issubclass(each, ClientMessage)]
    tags = {each.__struct_config__.tag for each in described}
    # Those without a tag of their own are what others are made of.
    assert {action.action for action in ACTIONS} == {tag for tag in tags if re.fullmatch("[a-z_]+", str(tag))}


def test_who_is_let_in_by_mistake_breaks_the_line() -> None:
    line = Line("GET /questions", "/questions", (403, 403, 200))
    expected = {caller: line.expected(caller) for caller in CALLERS}
    tokens = Tokens(dict.fromkeys(CALLERS), lambda: "garbage", authorization.SHORT)
    assert judged(line.name, expected, lambda caller, _: expected[caller], tokens).holds
    for one in CALLERS:
        seen = {**expected, one: 418}
        row = judged(line.name, expected, partial(_seen, seen), tokens)
        assert row.holds is False
        assert f"{expected[one]} / 418" in row.cells


def _seen(seen: dict[str, int], caller: str, _: str | None) -> int:
    return seen[caller]
