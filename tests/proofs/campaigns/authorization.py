"""Every route and action against every kind of caller, on the local stack: what was expected, and what was seen."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from random import Random
from typing import Any, NamedTuple

from websockets.sync.client import ClientConnection

from tests.proofs.campaigns.authorizing.asking import answered, handshake, opened, said, status
from tests.proofs.campaigns.authorizing.matrix import ACTIONS, CALLERS, NOT_LET_IN, ROUTES, STRANGERS, Action, Line
from tests.proofs.campaigns.authorizing.passports import Passports
from tests.proofs.campaigns.authorizing.scene import Scene
from tests.stack.support import Stack
from tools.paths import ROOT
from tools.report import Row, Section
from tools.stack import outputs

_ABOUT = """On the local stack, over its real HTTP and WebSocket APIs with the JWT authorizer, the authorizer function
and the roles of AWS; the emulator's user pools sign the tokens. Each cell tells what was expected, and then what was
seen. What is expected is a table of its own (`tests/proofs/campaigns/authorizing/matrix.py`), written by hand.
*Expired* is a token of an instructor that was good for one second; *other pool* and *wrong client* are good tokens of
instructors of another user pool, and of another app of the same pool; *garbage* is another one each time, {garbage}
for each line: signatures turned around or kept over other claims, no algorithm, a strange key under the right name,
and noise. The *student* is the one whose quiz, session and game are asked for; the *other student* has nothing to do
with them. A 401 is API Gateway's, and so is a 403 to a handshake; a message over a WebSocket is answered by a
message, whose type is told, or its error."""
_COLUMNS = ("route or action", *CALLERS)


class Size(NamedTuple):
    """How many kinds of garbage each line is asked with."""

    garbage: int


SHORT = Size(1)
FULL = Size(12)


class Tokens(NamedTuple):
    """The good tokens, and those that are none; of garbage there is always another."""

    known: dict[str, str | None]
    garbage: Callable[[], str]
    size: Size

    def of(self, caller: str) -> list[str | None]:
        """What the caller shows, one after the other."""
        if caller == "garbage":
            return [self.garbage() for _ in range(self.size.garbage)]
        return [self.known[caller]]


def run(size: Size, seed: int) -> Section:
    """Ask everything; needs the local stack."""
    stack = Stack(outputs.read())
    passports = Passports(stack.known, Random(seed))
    student, other, extra = passports.people(3)
    [instructor] = passports.people(1, instructors=True)
    known: dict[str, str | None] = {
        "no token": None,
        "expired": passports.expired(),
        "other pool": passports.of_another_pool(),
        "wrong client": passports.of_another_client(),
        "student": student.token,
        "other student": other.token,
        "instructor": instructor.token,
    }
    shown = Tokens(known, lambda: passports.garbage(student.token), size)
    scene = Scene(stack, student, extra, instructor)
    with ExitStack() as sockets:
        _join(stack, sockets, scene, student.token, extra.token)
        rows = [*_routes(stack, scene, shown), *_handshakes(stack, shown), *_actions(stack, scene, shown)]
    return Section("Who may what", _ABOUT.format(garbage=size.garbage), _COLUMNS, (*rows, _completeness()))


def _join(stack: Stack, sockets: ExitStack, scene: Scene, *tokens: str) -> None:
    """Let those who play come into the game, and begin it."""
    for token in tokens:
        socket = sockets.enter_context(opened(stack, token))
        message = {"action": "join_quiz", "quiz_id": scene.names["game"], "user_info": {"name": "A"}}
        assert answered(socket, message) == "quiz_joined"
    scene.start()


def _routes(stack: Stack, scene: Scene, tokens: Tokens) -> Iterator[Row]:
    for line in ROUTES:
        if line.route == "GET /analytics/questions/{question_id}":
            scene.wait_for_analytics()
        expected = {caller: line.expected(caller) for caller in CALLERS}
        yield judged(line.name, expected, partial(_of_route, stack, scene, line), tokens)


def _of_route(stack: Stack, scene: Scene, line: Line, _: str, token: str | None) -> int:
    return status(stack, scene, line, token)


def _handshakes(stack: Stack, tokens: Tokens) -> Iterator[Row]:
    expected = {caller: NOT_LET_IN if caller in STRANGERS else "open" for caller in CALLERS}
    for way, in_header in (("in the query", False), ("as a subprotocol", True)):
        yield judged(f"WebSocket $connect, token {way}", expected, partial(_of_handshake, stack, in_header), tokens)


def _of_handshake(stack: Stack, in_header: bool, _: str, token: str | None) -> str:
    return handshake(stack, token, in_header=in_header)


def _actions(stack: Stack, scene: Scene, tokens: Tokens) -> Iterator[Row]:
    with ExitStack() as opening:
        people = [caller for caller in CALLERS if caller not in STRANGERS]
        sockets = {caller: opening.enter_context(opened(stack, tokens.known[caller])) for caller in people}
        for action in ACTIONS:
            expected = {caller: action.expected(caller) for caller in CALLERS}
            yield judged(action.name, expected, partial(_of_action, stack, scene, sockets, action), tokens)


def _of_action(
    stack: Stack, scene: Scene, sockets: Mapping[str, ClientConnection], action: Action, caller: str, token: str | None
) -> str:
    """Who has no connection can say nothing: all that there is to see is the handshake."""
    return said(sockets[caller], scene, action) if caller in sockets else handshake(stack, token)


def judged(name: str, expected: dict[str, Any], ask: Callable[[str, str | None], Any], tokens: Tokens) -> Row:
    """A line of the table: what everybody was to get, and got."""
    cells, holds = [name], True
    for caller in CALLERS:
        seen = [ask(caller, token) for token in tokens.of(caller)]
        wrong = sorted({str(each) for each in seen if each != expected[caller]})
        cells.append(f"{expected[caller]} / {', '.join(wrong) or expected[caller]}")
        holds = holds and not wrong
    return Row(tuple(cells), holds)


def _completeness() -> Row:
    """Whatever the API offers has a line."""
    described = json.loads((ROOT / "docs" / "openapi.json").read_text())["paths"]
    offered = {
        f"{method.upper()} {path}".replace("{proxy}", "{proxy+}")
        for path, found in described.items()
        for method in found
    }
    asked = {line.route for line in ROUTES}
    missing = sorted(offered ^ asked)
    told = f"routes of docs/openapi.json without a line, or the other way round: {', '.join(missing) or 'none'}"
    return Row((told, *[""] * len(CALLERS)), not missing)
