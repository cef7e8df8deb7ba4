"""Players who lose their connection, come late, sit in two tabs, answer by HTTP, or are sent away."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from quiz.live.wishes import Kick, NextQuestion, ShowLeaderboard, StartQuiz
from tests.stack.live import QUESTIONS, RIGHT, in_thread, instructor, new_game, new_people, run, tab, tabs, until_true
from tests.stack.support import Stack
from tools.api_client import ApiClient
from tools.live.client import LiveClient
from tools.live.connection import Refused
from tools.live.people import Person

_FIRST, _SECOND = QUESTIONS[:2]


@pytest.fixture(scope="module")
def people(stack: Stack) -> list[Person]:
    return new_people(stack, 3)


@asynccontextmanager
async def started(stack: Stack, *clients: LiveClient, game_id: str) -> AsyncIterator[LiveClient]:
    """Everybody has joined, and the first question is open."""
    async with tab(stack, instructor(stack), game_id) as host, tabs(clients):
        await host.insist(StartQuiz(quiz_id=game_id, version=host.view.version))
        for client in (host, *clients):
            await client.until(lambda view: (view.phase, view.index) == ("open", 0))
        yield host


async def _next(host: LiveClient, phase: str) -> None:
    await host.insist(NextQuestion(quiz_id=host.view.game_id, version=host.view.version))
    await host.until(lambda view: view.phase == phase)


def _api(stack: Stack, person: Person) -> ApiClient:
    api = stack.api()
    api.token = person.token
    return api


def test_a_player_who_drops_midway_resumes_with_score_phase_and_time_left(stack: Stack, people: list[Person]) -> None:
    game_id = new_game(stack, speed_weight=0)["game_id"]

    async def evening() -> None:
        ada = tab(stack, people[0], game_id, "Ada")
        async with started(stack, ada, game_id=game_id) as host:
            await ada.answer(_FIRST, RIGHT[_FIRST])
            await _next(host, "closed")
            await _next(host, "open")
            ada.drop()
            await ada.until(lambda view: ada.times_joined == 2 and view.index == 1)
            assert ada.joined
            assert (ada.joined.phase, ada.joined.score, ada.joined.answered) == ("open", 1000, False)
            assert ada.joined.question
            assert ada.joined.question.id == _SECOND
            assert 0 < ada.clock.until(ada.joined.closes_at or "") <= 20
            await ada.answer(_SECOND, RIGHT[_SECOND])
            await _next(host, "closed")
            await ada.until(lambda view: view.score == 2000)

    run(evening())


def test_two_tabs_are_one_player(stack: Stack, people: list[Person]) -> None:
    game_id = new_game(stack, speed_weight=0)["game_id"]

    async def evening() -> None:
        left, right = tab(stack, people[0], game_id, "Ada"), tab(stack, people[0], game_id, "Another name")
        async with started(stack, left, right, game_id=game_id) as host:
            assert left.joined
            assert right.joined
            assert left.joined.participant_id == right.joined.participant_id == people[0].user_id
            assert left.joined.name == right.joined.name
            first, again = await asyncio.gather(*(one.answer(_FIRST, RIGHT[_FIRST]) for one in (left, right)))
            assert (first.question_id, first.score_earned) == (again.question_id, again.score_earned) == (_FIRST, None)
            with pytest.raises(Refused, match="conflict"):
                await right.answer(_FIRST, "a")
            await _next(host, "closed")
            for one in (left, right):
                assert (await one.until(lambda view: view.phase == "closed")).score == 1000

    run(evening())


def test_whoever_comes_late_plays_from_the_open_question_on(stack: Stack, people: list[Person]) -> None:
    game = new_game(stack, speed_weight=0)

    async def evening() -> None:
        ada = tab(stack, people[0], game["game_id"], "Ada")
        async with started(stack, ada, game_id=game["game_id"]) as host:
            await _next(host, "closed")
            await _next(host, "open")
            # By the code, as somebody who reads it off the wall; and with a name that is taken.
            async with tab(stack, people[1], game["join_code"], "Ada") as late:
                assert late.joined
                assert (late.joined.name, late.joined.index, late.joined.score) == ("Ada 2", 1, 0)
                await late.answer(_SECOND, RIGHT[_SECOND])
                with pytest.raises(Refused, match="too_late"):
                    await late.answer(_FIRST, RIGHT[_FIRST])
                await _next(host, "closed")
                assert (await late.until(lambda view: view.phase == "closed")).score == 1000

    run(evening())


def test_answers_by_http_are_the_same_answers(stack: Stack, people: list[Person]) -> None:
    game = new_game(stack, speed_weight=0)
    api = _api(stack, people[0])

    def post(question_id: str, answer: Any) -> Any:
        body = {"quiz_id": game["quiz_id"], "question_id": question_id, "answer": answer}
        return api.call("POST", "/answer", body)

    async def evening() -> None:
        ada = tab(stack, people[0], game["game_id"], "Ada")
        async with started(stack, ada, game_id=game["game_id"]) as host:
            open_ = await in_thread(lambda: post(_FIRST, RIGHT[_FIRST]))
            assert open_.status == 200, open_.body
            assert open_.body["score_earned"] is None
            await ada.answer(_FIRST, RIGHT[_FIRST])
            assert (await in_thread(lambda: post(_FIRST, "a"))).body["error"] == "conflict"
            assert (await in_thread(lambda: post(_SECOND, False))).body["error"] == "conflict"
            await _next(host, "closed")
            await ada.until(lambda view: view.score == 1000)
            told = await in_thread(lambda: post(_FIRST, RIGHT[_FIRST]))
            assert {
                name: told.body[name] for name in ("is_correct", "score_earned", "correct_answer", "total_score")
            } == {
                "is_correct": True,
                "score_earned": 1000,
                "correct_answer": RIGHT[_FIRST],
                "total_score": 1000,
            }

    run(evening())


def test_whoever_is_sent_away_is_out_for_good(stack: Stack, people: list[Person]) -> None:
    game_id = new_game(stack, speed_weight=0)["game_id"]

    async def evening() -> None:
        ada, ben = tab(stack, people[0], game_id, "Ada"), tab(stack, people[1], game_id, "Ben")
        async with started(stack, ada, ben, game_id=game_id) as host:
            await asyncio.gather(*(one.answer(_FIRST, RIGHT[_FIRST]) for one in (ada, ben)))
            await host.insist(Kick(quiz_id=game_id, participant_id=people[1].user_id))
            await ben.until(lambda view: view.kicked)
            await until_true(lambda: not ben.is_connected)
            with pytest.raises(Refused, match="forbidden"):
                async with tab(stack, people[1], game_id, "Ben again"):
                    pass
            body = {"quiz_id": game_id, "question_id": _FIRST, "answer": RIGHT[_FIRST]}
            refused = await in_thread(lambda: _api(stack, people[1]).call("POST", "/answer", body))
            assert refused.status == 403, refused.body
            rows: list[str] = []
            while rows != [people[0].user_id]:
                shown = await host.insist(ShowLeaderboard(quiz_id=game_id))
                rows = [row.participant_id for row in shown.rows]
            await _next(host, "closed")
            view = await ada.until(lambda view: view.phase == "closed")
            assert (view.rank, len(view.leaderboard)) == (1, 1)

    run(evening())


def test_the_places_around_oneself(stack: Stack, people: list[Person]) -> None:
    game_id, api = new_game(stack)["game_id"], _api(stack, people[0])

    async def evening() -> None:
        clients = [tab(stack, person, game_id, f"Player {number}") for number, person in enumerate(people)]
        async with started(stack, *clients, game_id=game_id):
            await clients[2].answer(_FIRST, RIGHT[_FIRST])
            for query, ranks in (("top=1&around=me", [1, 2, 3]), ("top=2", [1, 2])):
                rows = await _rows(api, f"/leaderboard/{game_id}?{query}", people[2].user_id)
                assert [row["rank"] for row in rows] == ranks

    run(evening())


async def _rows(api: ApiClient, path: str, best: str) -> list[dict[str, Any]]:
    """The leaderboard, once this player leads it."""
    while True:
        reply = await in_thread(lambda: api.call("GET", path))
        rows: list[dict[str, Any]] = reply.body
        if rows and rows[0]["participant_id"] == best:
            return rows
