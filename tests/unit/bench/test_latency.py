"""No route is forgotten, and each is judged by what it costs over a function that does nothing."""

from types import SimpleNamespace
from typing import Any

import pytest

from quiz.live.games import Game, new_game
from quiz.questions import Definition, Quiz
from tools.bench import latency
from tools.bench.latency import Times, authoring, documented, playing, practising, rows, writes
from tools.bench.latency.calls import Reply, Round
from tools.demo.practice_student import Student
from tools.stack import bank

_BODY = {
    "quiz_id": "quiz",
    "questions": [{}],
    "session_id": "session",
    "question": {"question_id": "geo-001"},
    "version": 1,
}


def _place() -> Any:
    return SimpleNamespace(
        run="run",
        student=SimpleNamespace(user_id="student"),
        database=SimpleNamespace(put_item=lambda **_: None),
        table=lambda name: name,
    )


def _game() -> Game:
    return new_game(Definition(Quiz("quiz", ("geo-001",)), ()), "host", f"game-{'0' * 20}", "123456", 0)


def _routes(calls: Round) -> set[str]:
    found, reply = set[str](), None
    while (call := latency._next(calls, reply)) is not None:
        found.add(call.route)
        reply = Reply(0.01, 200, _BODY)
    return found


def _all_routes() -> set[str]:
    place = _place()
    rounds = (
        authoring._bank(place, 0),
        authoring._quiz(0),
        authoring._intake(place, 0),
        practising._practise(place, Student(bank.read().by_id(), 1, "seed"), 0),
        playing._play(place, playing._Games("quiz", _game(), "over"), 0),
    )
    return set[str]().union(*map(_routes, rounds))


def test_every_route_of_the_document_is_called_and_no_other() -> None:
    assert _all_routes() == documented()


def test_a_route_that_was_forgotten_breaks_its_promise() -> None:
    [row] = rows({}, ["GET /new"])
    assert (row.cells[:2], row.holds) == (("GET /new", "never called"), False)


@pytest.mark.parametrize(
    ("route", "cost", "holds"),
    [
        ("GET /quizzes", 12, True),
        ("GET /quizzes", 13, False),
        ("POST /quizzes", 20, True),
        ("POST /quizzes", 21, False),
        # It writes down that it was called.
        ("GET /intake/{proxy}", 20, True),
    ],
)
def test_reads_and_writes_have_bounds_of_their_own(route: str, cost: int, holds: bool) -> None:
    times = {route: Times([(10 + cost) / 1000] * 3, [0.010] * 3)}
    [row] = rows(times, [route])
    assert (row.cells[3], row.holds) == (f"{cost:.1f}", holds)


def test_the_most_expensive_comes_first() -> None:
    times = {"GET /a": Times([0.002] * 2, [0.001] * 2), "GET /b": Times([0.005] * 2, [0.001] * 2)}
    assert [row.cells[0] for row in rows(times, times)] == ["GET /b", "GET /a"]


def test_what_stores_something_writes() -> None:
    assert [writes(route) for route in ("GET /health", "DELETE /quizzes/{quiz_id}", "HEAD /intake/{proxy}")] == [
        False,
        True,
        True,
    ]
