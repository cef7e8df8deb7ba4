"""Players join, answer and are sent away between any two looks, and the board follows late: nothing of it is drift."""

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.live.participants import participant_item
from adapters.operations.inspection import Inspector
from adapters.operations.rows import Rows
from handlers.scheduler.reconciling.boards import BOARD_SECONDS_KEPT, Boards
from quiz.live.participants import Participant
from quiz.operations.boards import standing_of
from tests.unit.operations.rows import answered, kicked, player

GAME = "game-" + "0" * 20
NAMES = ("ann", "bob", "eve")


class Race:
    """A game that moves on whenever somebody looks, and a board that knows by the end of a wait what was before it."""

    def __init__(self, chance: Callable[[int], int]) -> None:
        self._chance = chance
        self.table: dict[str, Participant] = {}
        self.board: dict[str, int] = {}
        self._waiting: list[Participant] = []
        self.lost: set[str] = set()
        for _ in range(6):
            self._move()
        self._project(len(self._waiting))

    def batch_get_item(self, RequestItems: Any) -> Any:  # noqa: N803
        self._go_on()
        names = [key["participant_id"]["S"] for key in RequestItems["participants"]["Keys"]]
        found = [participant_item(self.table[name]) for name in names if name in self.table]
        self._go_on()
        return {"Responses": {"participants": found}, "UnprocessedKeys": {}}

    def invoke(self, FunctionName: str, Payload: bytes) -> Any:  # noqa: N803
        self._go_on()
        asked = json.loads(Payload)["inspect"]
        ranks = {name: rank for name, rank in self.board.items() if asked["drawn"] or name in asked["games"][GAME]}
        told = {"reachable": True, "milliseconds": 1, "boards": {GAME: {"complete": True, "ranks": ranks}}}
        return {"Payload": BytesIO(json.dumps(told).encode())}

    def sleep(self, seconds: float) -> None:
        known = len(self._waiting)
        self._go_on()
        self._project(known)

    def _go_on(self) -> None:
        for _ in range(self._chance(3)):
            self._move()
        self._project(self._chance(len(self._waiting) + 1))

    def _move(self) -> None:
        name = NAMES[self._chance(len(NAMES))]
        before = self.table.get(name)
        if before is None:
            after = player(name=name)
        elif before.kicked:
            return
        elif self._chance(8) == 0:
            after = kicked(before)
        else:
            after = answered(before, "ab "[self._chance(3)], 1_000 * self._chance(20))
        self.table[name] = after
        self._waiting.append(after)

    def _project(self, number: int) -> None:
        for one in self._waiting[:number]:
            if one.participant_id in self.lost:
                continue
            self.board.pop(one.participant_id, None)
            if not one.kicked:
                self.board[one.participant_id] = standing_of(one).rank
        del self._waiting[:number]


def drifted(race: Race) -> int:
    client: Any = race
    boards = Boards(Rows(client), "participants", Inspector(lambda: client, "leaderboard"), race.sleep, lambda: 0)
    return boards.drifted([participant_item(one) for one in race.table.values()], lambda: True)


@settings(max_examples=200)
@given(st.randoms(use_true_random=False))
def test_a_board_that_follows_has_not_drifted(chance: Any) -> None:
    assert drifted(Race(chance.randrange)) == 0


@given(st.randoms(use_true_random=False), st.sampled_from(NAMES), st.sampled_from([1, 10**7, -1]))
def test_a_rank_that_is_never_put_right_has_drifted(chance: Any, name: str, wrong_by: int) -> None:
    race = Race(chance.randrange)
    race.table[name] = answered(player([("a", 0)] * 2, name), "a", 500)
    race.board[name] = standing_of(race.table[name]).rank + wrong_by
    race.lost.add(name)
    # GIVEN that the others go on, and nobody sends this one away
    one = race.table[name]
    move = race._move

    def go_on() -> None:
        move()
        race.table[name] = one

    race._move = go_on  # type: ignore[method-assign]
    assert drifted(race) == 1


def test_players_are_asked_for_as_long_as_a_board_is_kept() -> None:
    from adapters.live.board import SECONDS_KEPT

    assert BOARD_SECONDS_KEPT == SECONDS_KEPT
