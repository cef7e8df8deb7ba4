"""Who may host, from where, and what becomes of a game whose host is gone; and who is not let in at all."""

import asyncio
import json
import time
from typing import Any

import pytest

from quiz.live.wishes import EndQuiz, NextQuestion, PauseQuiz, ResumeQuiz, StartQuiz
from tests.stack.live import QUESTIONS, hosted, instructor, new_game, new_people, new_quiz, run, tab, until_true
from tests.stack.support import Stack, eventually, new_id
from tools.live.client import LiveClient
from tools.live.connection import Refused
from tools.live.people import Person


@pytest.fixture(scope="module")
def student(stack: Stack) -> Person:
    [person] = new_people(stack, 1)
    return person


def _tampered(token: str) -> str:
    head, payload, signature = token.split(".")
    return ".".join((head, payload, signature[:-8] + "AAAAAAAA"))


@pytest.mark.parametrize(
    "spoil", [lambda token: "", lambda token: "garbage", _tampered], ids=["none", "garbage", "forged"]
)
def test_nobody_gets_in_without_a_good_token(stack: Stack, student: Person, spoil: Any) -> None:
    game_id = new_game(stack)["game_id"]

    async def evening() -> None:
        with pytest.raises(Refused) as refused:
            async with tab(stack, student._replace(token=spoil(student.token)), game_id, "Eve"):
                pass
        assert refused.value.code in ("http_401", "http_403")

    run(evening())


def test_the_token_may_come_as_a_subprotocol(stack: Stack, student: Person) -> None:
    game_id = new_game(stack)["game_id"]

    async def evening() -> None:
        url = stack.known["websocket_url"]
        async with LiveClient(url, lambda: student.token, game_id, "Ada", by_header=True) as ada:
            assert ada.joined
            assert ada.joined.participant_id == student.user_id

    run(evening())


def test_students_do_not_host(stack: Stack, student: Person) -> None:
    game_id = new_game(stack)["game_id"]
    api = stack.api()
    api.token = student.token

    async def evening() -> None:
        async with tab(stack, student, game_id, "Ada") as ada:
            for wish in (StartQuiz(quiz_id=game_id), NextQuestion(quiz_id=game_id), EndQuiz(quiz_id=game_id)):
                with pytest.raises(Refused, match="forbidden"):
                    await ada.ask(wish)
            assert ada.view.phase == "lobby"

    run(evening())
    assert api.call("POST", f"/live/{game_id}", {"action": "start"}).status == 403
    assert api.call("GET", f"/live/{game_id}/results").status == 403
    assert api.call("GET", f"/live/{game_id}").body["join_code"] is None


def test_another_instructor_takes_over_where_the_host_was_lost(stack: Stack, student: Person) -> None:
    game_id = new_game(stack)["game_id"]
    [other] = new_people(stack, 1, instructors=True)

    async def evening() -> None:
        async with tab(stack, student, game_id, "Ada") as ada:
            async with tab(stack, instructor(stack), game_id) as host:
                await host.insist(StartQuiz(quiz_id=game_id, version=host.view.version))
                await ada.until(lambda view: view.phase == "open")
                host.drop()
            async with tab(stack, other, game_id) as successor:
                assert successor.joined
                assert (successor.joined.host, successor.joined.phase) == (True, "open")
                await successor.insist(NextQuestion(quiz_id=game_id, version=successor.view.version))
                await ada.until(lambda view: view.phase == "closed")
                await successor.insist(EndQuiz(quiz_id=game_id))
                await ada.until(lambda view: view.phase == "ended")

    run(evening())


def test_a_wish_made_twice_is_granted_once_and_a_pause_holds(stack: Stack, student: Person) -> None:
    game_id = new_game(stack, pacing="auto", time_limit=5, reveal_seconds=1)["game_id"]

    async def evening() -> None:
        async with tab(stack, instructor(stack), game_id) as host, tab(stack, student, game_id, "Ada") as ada:
            start = StartQuiz(quiz_id=game_id, version=host.view.version)
            await asyncio.gather(*(host.insist(start) for _ in range(3)))
            await ada.until(lambda view: view.phase == "open")
            await host.insist(PauseQuiz(quiz_id=game_id))
            await ada.until(lambda view: view.paused)
            await host.insist(NextQuestion(quiz_id=game_id, version=ada.view.version))
            view = await ada.until(lambda view: view.phase == "closed")
            # By itself the next question would have come after a second.
            await asyncio.sleep(2.5)
            assert ada.view == view
            assert view.index == 0
            await host.insist(ResumeQuiz(quiz_id=game_id))
            await ada.until(lambda view: (view.phase, view.index) == ("open", 1))
            await host.insist(EndQuiz(quiz_id=game_id))
            await ada.until(lambda view: view.phase == "ended")
            # Opened, paused, closing, closed, resumed, opened, closing, closed, ended.
            assert {told.version for told in ada.announcements} == set(range(2, 11))

    run(evening())


def test_the_bus_starts_a_quiz_once_that_then_runs_by_itself(stack: Stack, student: Person) -> None:
    quiz_id = new_quiz(stack, pacing="auto", time_limit=5, reveal_seconds=1, lobby_seconds=1)
    entry = {
        "EventBusName": stack.known["event_bus_name"],
        "Source": "quiz.platform",
        "DetailType": "Quiz Control",
        "Detail": json.dumps({"quiz_id": quiz_id, "action": "start"}),
    }
    assert stack.client("events").put_events(Entries=[entry])["FailedEntryCount"] == 0
    api = stack.api("instructor")
    game = eventually(lambda: api.call("GET", f"/live/{quiz_id}"), lambda reply: reply.status == 200).body
    assert len(api.call("GET", f"/live/{quiz_id}/games").body["games"]) == 1

    async def evening() -> None:
        async with tab(stack, student, quiz_id, "Ada") as ada:
            assert ada.view.game_id == game["game_id"]
            # Nobody says next.
            await ada.until(lambda view: (view.phase, view.index) == ("open", 1))
            assert ada.view.total == len(QUESTIONS)

    run(evening())
    hosted(stack, game["game_id"], "end")
    results = f"/live/{game['game_id']}/results"
    links = eventually(lambda: api.call("GET", results), lambda reply: reply.status == 200).body
    assert {"results", "players", "questions"} <= links.keys()


def test_a_game_over_http_alone(stack: Stack, student: Person) -> None:
    quiz_id = new_quiz(stack, time_limit=5)
    game = hosted(stack, quiz_id, "start")
    api = stack.api("instructor")

    def state() -> Any:
        return api.call("GET", f"/live/{game['game_id']}").body

    eventually(state, lambda seen: seen["phase"] == "open")
    assert api.call("GET", f"/live/{game['game_id']}/results").body["error"] == "conflict"
    # Its time runs out by itself, also where it is paced by hand.
    begun = time.monotonic()
    eventually(state, lambda seen: seen["phase"] == "closed")
    assert time.monotonic() - begun < 15
    hosted(stack, game["game_id"], "end")
    eventually(state, lambda seen: seen["phase"] == "ended")
    assert api.call("POST", f"/live/{game['game_id']}", {"action": "next"}).body["error"] == "conflict"


def test_an_unknown_message_gets_an_error_with_its_request_id(stack: Stack, student: Person) -> None:
    game_id = new_game(stack)["game_id"]

    async def evening() -> None:
        async with tab(stack, student, game_id, "Ada") as ada:
            heard: list[Any] = []
            ada.listen(lambda message, _: heard.append(message))
            connection: Any = ada._session.connection
            for text in ('{"action": "dance", "request_id": "r1"}', '{"action": "answer", "request_id": "r2"}', "[]"):
                await connection._socket.send(text)
            await until_true(lambda: len(heard) == 3)
            assert {message.request_id for message in heard} == {"r1", "r2", None}
            assert all(message.error == "invalid_input" for message in heard)

    run(evening())


def test_a_code_that_leads_nowhere(stack: Stack, student: Person) -> None:
    async def evening() -> None:
        with pytest.raises(Refused, match="not_found"):
            async with tab(stack, student, new_id("no-quiz"), "Ada"):
                pass

    run(evening())
