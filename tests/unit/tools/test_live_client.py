"""The client against a stand-in of the server: what it must survive, without a stack."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from quiz.errors import Unavailable
from quiz.live.clock import Action
from quiz.live.wishes import GiveAnswer, JoinQuiz, NextQuestion, Ping, StartQuiz
from tests.unit.tools.live_server import StandIn, running
from tools.live.client import LiveClient
from tools.live.connection import Refused
from tools.live.player import SimulatedPlayer, knows
from tools.live.timing import Timing

_QUESTIONS = ("geo-001", "sci-002", "geo-008")
_QUICKLY = Timing(first_pause=0.01, longest_pause=0.02, reply_within=2)


def play(test: Callable[[StandIn], Coroutine[Any, Any, None]]) -> None:
    async def evening() -> None:
        async with running(StandIn(_QUESTIONS)) as server:
            await test(server)

    asyncio.run(evening())


def client(server: StandIn, user: str, name: str | None = "Ada", **options: Any) -> LiveClient:
    return LiveClient(server.url, lambda: user, "123456", name, **{"timing": _QUICKLY, **options})


def host(server: StandIn) -> LiveClient:
    return client(server, "host", None)


def test_a_player_joins_with_either_way_to_bring_the_token() -> None:
    async def test(server: StandIn) -> None:
        for by_header in (False, True):
            async with client(server, "ada", by_header=by_header) as ada:
                assert ada.joined
                assert (ada.joined.participant_id, ada.joined.name, ada.view.phase) == ("ada", "Ada", "lobby")

    play(test)


@pytest.mark.parametrize(("user", "code", "told"), [("nobody", "123456", "http_403"), ("ada", "654321", "not_found")])
def test_who_is_refused_does_not_try_again(user: str, code: str, told: str) -> None:
    async def test(server: StandIn) -> None:
        with pytest.raises(Refused) as refused:
            async with LiveClient(server.url, lambda: user, code, "Ada", timing=_QUICKLY):
                pass
        assert refused.value.code == told
        assert len(server.heard) <= 1

    play(test)


@pytest.mark.long
def test_a_game_of_many_players_is_exact() -> None:
    async def test(server: StandIn) -> None:
        async with asyncio.timeout(60), host(server) as leader:
            clients = [client(server, f"player-{number}", f"Player {number}") for number in range(30)]
            await asyncio.gather(*(tab.__aenter__() for tab in clients))
            mind = knows(server.questions, 0.6, "seed")
            players = [SimulatedPlayer(tab, mind, (0, 0.1)) for tab in clients]
            await leader.insist(StartQuiz(quiz_id=leader.view.game_id, version=1))
            for index in range(len(_QUESTIONS)):
                view = await leader.until(lambda view, i=index: view.index == i and view.phase == "open")  # type: ignore[misc]
                while not all(view.question.id in each.earned for each in players if view.question):
                    await asyncio.sleep(0.01)
                server.wish(Action.NEXT)
                await leader.until(lambda view: view.phase == "closed")
                await leader.insist(NextQuestion(quiz_id=leader.view.game_id, version=leader.view.version))
            for each in players:
                await each.client.until(lambda view: view.phase == "ended")
                await each.settle()
            assert {each.participant_id: each.total for each in players} == {
                one.participant_id: one.score for one in server.players.values()
            }
            for tab in clients:
                # Lobby was version 1; every one since was announced once.
                assert [told.version for told in tab.announcements] == list(range(2, server.game.version + 1))
                await tab.__aexit__()

    play(test)


def test_whoever_drops_comes_back_to_the_open_question_with_its_score() -> None:
    async def test(server: StandIn) -> None:
        async with client(server, "ada") as ada:
            server.wish(Action.START)
            await ada.until(lambda view: view.phase == "open")
            await ada.answer("geo-001", server.questions["geo-001"].key.correct)  # type: ignore[union-attr]
            ada.drop()
            await ada.until(lambda _: ada.times_joined == 2)
            assert (ada.view.phase, ada.view.answered) == ("open", True)
            assert ada.view.score == server.players["ada"].score > 0
            assert 0 < ada.clock.until(ada.view.closes_at or "") <= 5

    play(test)


def test_an_answer_whose_reply_was_lost_counts_once() -> None:
    async def test(server: StandIn) -> None:
        async with client(server, "ada") as ada:
            server.wish(Action.START)
            await ada.until(lambda view: view.phase == "open")

            def cut(message: Any) -> None:
                if isinstance(message, GiveAnswer):
                    server.before_reply = lambda message: None
                    ada.drop()

            server.before_reply = cut
            await ada.answer("geo-001", server.questions["geo-001"].key.correct)  # type: ignore[union-attr]
            assert sum(isinstance(message, GiveAnswer) for message in server.heard) == 2
            assert server.players["ada"].score == server.records["ada"]["geo-001"].record.points

    play(test)


def test_doubled_announcements_tell_nothing_new() -> None:
    async def test(server: StandIn) -> None:
        server.fault = lambda text, version: [text, text]
        async with client(server, "ada") as ada:
            news = []
            ada.listen(lambda message, is_news: news.append(is_news))
            server.wish(Action.START)
            await ada.until(lambda _: len(news) == 2)
            assert news == [True, False]

    play(test)


def test_whoever_missed_a_question_asks_for_it() -> None:
    async def test(server: StandIn) -> None:
        server.fault = lambda text, version: [] if version == 2 else [text]
        async with client(server, "ada") as ada:
            server.wish(Action.START)
            server.wish(Action.PAUSE)
            view = await ada.until(lambda view: view.version == 3)
            assert (view.phase, view.paused, view.question and view.question.id) == ("open", True, "geo-001")
            assert sum(isinstance(message, JoinQuiz) for message in server.heard) == 2

    play(test)


def test_an_announcement_that_overtakes_the_answer_to_joining_is_kept() -> None:
    async def test(server: StandIn) -> None:
        def start(message: Any) -> None:
            # After the game was read for the answer, and sent before it.
            server.before_reply = lambda message: None
            server.wish(Action.START)

        server.before_reply = start
        async with client(server, "ada") as ada:
            assert (await ada.until(lambda view: view.phase == "open")).version == 2
            assert ada.times_joined == 1

    play(test)


def test_silence_is_broken_and_a_connection_is_renewed_in_time() -> None:
    async def test(server: StandIn) -> None:
        timing = Timing(heartbeat=0.02, renew_after=0.2, first_pause=0.01, reply_within=2)
        async with client(server, "ada", timing=timing) as ada:
            await ada.until(lambda _: ada.times_joined == 2)
            assert sum(isinstance(message, Ping) for message in server.heard) >= 3

    play(test)


def test_a_server_that_cuts_everybody_off_is_called_again() -> None:
    async def test(server: StandIn) -> None:
        async with client(server, "ada") as ada:
            for socket in list(server.sockets):
                socket.transport.abort()
            await ada.until(lambda _: ada.times_joined == 2)

    play(test)


def test_a_server_that_is_not_there_is_called_until_it_is() -> None:
    tokens = []

    def token() -> str:
        # Asked for anew each time, because it may have expired.
        tokens.append("ada")
        return "ada"

    async def evening() -> None:
        entering = asyncio.create_task(
            LiveClient("ws://127.0.0.1:1/live", token, "123456", "Ada", timing=_QUICKLY).__aenter__()
        )
        while len(tokens) < 5:
            await asyncio.sleep(0.01)
        entering.cancel()
        with pytest.raises(asyncio.CancelledError):
            await entering

    asyncio.run(evening())


def _once_unavailable(server: StandIn, kind: type[Any]) -> None:
    def fail(message: Any) -> None:
        if isinstance(message, kind):
            server.before_reply = lambda message: None
            raise Unavailable("a table was slow")

    server.before_reply = fail


def test_a_passing_fault_is_passed_over() -> None:
    async def test(server: StandIn) -> None:
        _once_unavailable(server, JoinQuiz)
        async with client(server, "ada") as ada:
            server.wish(Action.START)
            await ada.until(lambda view: view.phase == "open")
            _once_unavailable(server, GiveAnswer)
            assert (await ada.answer("geo-001", "a")).question_id == "geo-001"
            assert sum(isinstance(message, GiveAnswer) for message in server.heard) == 2

    play(test)


def test_messages_that_nobody_knows_are_passed_over() -> None:
    async def test(server: StandIn) -> None:
        server.fault = lambda text, version: [
            '{"message": "Internal server error"}',
            '{"type": "fireworks"}',
            "?",
            text,
        ]
        async with client(server, "ada") as ada:
            server.wish(Action.START)
            await ada.until(lambda view: view.phase == "open")
            assert ada.times_joined == 1

    play(test)


def test_students_do_not_host() -> None:
    async def test(server: StandIn) -> None:
        async with client(server, "ada") as ada:
            with pytest.raises(Refused, match="forbidden"):
                await ada.ask(StartQuiz(quiz_id="123456"))

    play(test)


def test_a_client_that_has_seen_the_end_stays_away() -> None:
    async def test(server: StandIn) -> None:
        async with client(server, "ada") as ada:
            server.wish(Action.END)
            await ada.until(lambda view: view.is_over)
            ada.drop()
            await asyncio.sleep(0.1)
            assert ada.times_joined == 1

    play(test)
