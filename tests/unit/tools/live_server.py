"""A stand-in for the platform's WebSocket API: the real rules of a game, one process, no AWS."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec
from websockets.asyncio.server import ServerConnection, serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from quiz.errors import Forbidden, NotFound, QuizError
from quiz.live import messages, wishes
from quiz.live.clock import Action, Trigger, advance
from quiz.live.games import Game, Phase, new_game, wire_time
from quiz.live.participants import Participant, Scored, new_participant, require_open, scored
from quiz.live.reveal import News, news, question_closed, question_closing, quiz_ended, quiz_paused, you
from quiz.live.settings import LiveSettings
from quiz.live.standings import Standing, ordered, rows
from quiz.public import public
from quiz.questions import Definition, Question, Quiz
from tools.stack import bank

_Incoming = wishes.PlayerMessage | wishes.AnyHostMessage | wishes.ShowLeaderboard
_decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(_Incoming)
_ACTIONS = {
    wishes.StartQuiz: Action.START,
    wishes.NextQuestion: Action.NEXT,
    wishes.PauseQuiz: Action.PAUSE,
    wishes.ResumeQuiz: Action.RESUME,
    wishes.EndQuiz: Action.END,
}
QUICK = LiveSettings(pacing="manual", time_limit=5, lead_ms=0, grace_ms=0, streak_bonus=100)
# What to do with an announcement in place of posting it once: a test's own fault.
Fault = Callable[[str, int], Sequence[str]]


class _First:
    """Chance that leaves everything in its order."""

    def sample(self, population: Sequence[Any], k: int) -> list[Any]:
        return list(population[:k])

    def randrange(self, stop: int, /) -> int:
        return 0


class StandIn:
    """One game; whoever's token begins with "host" may host it."""

    def __init__(self, question_ids: Sequence[str], settings: LiveSettings = QUICK) -> None:
        known = bank.read().by_id()
        self.questions: dict[str, Question] = {each: known[each] for each in question_ids}
        quiz = Quiz(quiz_id="live-test", question_ids=tuple(question_ids), live=settings)
        definition = Definition(quiz, tuple(self.questions.values()))
        self.game: Game = new_game(definition, "host", "game-0123456789abcdef0123", "123456", _now())
        self.players: dict[str, Participant] = {}
        self.records: dict[str, dict[str, Scored]] = {}
        self.sockets: dict[ServerConnection, str] = {}
        self.heard: list[Any] = []
        self._posting: set[asyncio.Future[None]] = set()
        self.fault: Fault = lambda text, version: [text]
        self.before_reply: Callable[[Any], None] = lambda message: None
        self.url = ""

    async def hand(self, socket: ServerConnection) -> None:
        assert socket.request is not None
        user = _user(socket.request)
        while (text := await _next(socket)) is not None:
            message = _decoder.decode(text)
            self.heard.append(message)
            try:
                reply = self._reply(socket, user, message)
                self.before_reply(message)
            except QuizError as error:
                reply = messages.ErrorMessage(request_id=message.request_id, error=error.code, message=str(error))
            with suppress(ConnectionClosed):
                await socket.send(messages.encode(reply))
        self.sockets.pop(socket, None)

    def wish(self, action: Action, version: int | None = None) -> None:
        """What the clock does with a trigger."""
        moved = advance(self.game, Trigger(self.game.game_id, action, version=version), _now())
        if moved is None:
            return
        self.game = moved
        if moved.due_at:
            # A little more, because one that comes early changes nothing.
            delay = max(0, moved.due_at - _now() + 5) / 1000
            asyncio.get_running_loop().call_later(delay, self.wish, Action.TICK, moved.version)
        self._announce()

    def standings(self) -> list[Standing]:
        return ordered(
            Standing(
                participant_id=one.participant_id,
                name=one.name,
                score=one.score,
                rank_score=one.rank_score,
                last_index=one.last_index,
                last_answer=one.last_answer,
                last_points=one.last_points,
                last_share=one.last_share,
            )
            for one in self.players.values()
        )

    def _reply(self, socket: ServerConnection, user: str, message: Any) -> messages.ServerMessage:
        request_id, now = message.request_id, wire_time(_now())
        match message:
            case wishes.JoinQuiz():
                return self._join(socket, user, message)
            case wishes.Ping():
                return messages.Pong(request_id=request_id, server_time=now)
            case wishes.GiveAnswer():
                return self._answer(user, message)
            case wishes.ShowLeaderboard(top=top):
                best = rows(self.standings()[:top])
                return messages.Leaderboard(request_id=request_id, game_id=self.game.game_id, rows=best)
        if not user.startswith("host"):
            raise Forbidden("this is for instructors")
        self.wish(_ACTIONS[type(message)], message.version)
        return messages.state_of(self.game, request_id)

    def _join(self, socket: ServerConnection, user: str, message: Any) -> messages.QuizJoined:
        if message.quiz_id not in (self.game.quiz_id, self.game.game_id, self.game.join_code):
            raise NotFound(f"no live quiz goes by {message.quiz_id!r}")
        self.sockets[socket] = user
        game, host = self.game, message.user_info is None
        if not host and user not in self.players:
            self.players[user] = new_participant(game, user, message.user_info.name, _now())
            self.records[user] = {}
        asked, mine = game.phase is Phase.OPEN, self.players.get(user)
        return messages.QuizJoined(
            request_id=message.request_id,
            game_id=game.game_id,
            quiz_id=game.quiz_id,
            join_code=game.join_code,
            title=game.title,
            phase=str(game.phase),
            version=game.version,
            index=game.index,
            total=game.total,
            paused=game.paused,
            server_time=wire_time(_now()),
            participant_id=None if host else user,
            name=mine.name if mine else None,
            score=mine.score if mine else None,
            host=host,
            question=self._asked() if asked else None,
            opens_at=wire_time(game.opened_at) if asked else None,
            closes_at=wire_time(game.closes_at) if asked else None,
            answered=str(game.question_id) in self.records[user] if asked and mine else None,
        )

    def _answer(self, user: str, message: wishes.GiveAnswer) -> messages.AnswerAccepted:
        player, game, now = self.players[user], self.game, _now()
        if (done := self.records[user].get(message.question_id)) is None:
            require_open(game, message.question_id, now)
            done = scored(game, self.questions[message.question_id], message.answer, player.streak, now)
            self.records[user][message.question_id] = done
            self.players[user] = msgspec.structs.replace(
                player,
                score=player.score + done.record.points,
                rank_score=player.rank_score + done.rank_gain,
                streak=done.streak,
                last_index=done.index,
                last_answer=done.record.answer,
                last_points=done.record.points,
                last_share=done.record.share,
            )
        told = game.settings.reveal == "answer" or message.question_id != game.question_id or game.phase != Phase.OPEN
        return messages.AnswerAccepted(
            request_id=message.request_id,
            game_id=game.game_id,
            question_id=message.question_id,
            score_earned=done.record.points if told else None,
            total_score=self.players[user].score if told else None,
        )

    def _announce(self) -> None:
        message, standing = self._announcement(), you(self.game, self.standings())
        for socket, user in list(self.sockets.items()):
            mine = isinstance(message, messages.QuestionClosed | messages.QuizEnded) and user in standing
            text = messages.encode(msgspec.structs.replace(message, you=standing[user]) if mine else message)
            for sent in self.fault(text, self.game.version):
                self._post(socket, sent)

    def _post(self, socket: ServerConnection, text: str) -> None:
        async def post() -> None:
            with suppress(ConnectionClosed):
                await socket.send(text)

        task = asyncio.ensure_future(post())
        self._posting.add(task)
        task.add_done_callback(self._posting.discard)

    def _announcement(self) -> messages.ServerMessage:
        game, best = self.game, self.standings()
        match news(game):
            case News.OPENED:
                return messages.new_question(game, self._asked(), _now())
            case News.CLOSING:
                return question_closing(game, _now())
            case News.CLOSED:
                return question_closed(game, self.questions[str(game.question_id)], best)
            case News.PAUSED:
                return quiz_paused(game)
        return quiz_ended(game, best)

    def _asked(self) -> messages.Asked:
        return messages.asked(public(self.questions[str(self.game.question_id)], _First()), self.game)


@asynccontextmanager
async def running(stand_in: StandIn) -> AsyncIterator[StandIn]:
    """The stand-in on a port of its own."""

    def enter(connection: ServerConnection, request: Request) -> Response | None:
        refused = _user(request).startswith("nobody")
        return Response(403, "Forbidden", Headers(), b"") if refused else None

    async with serve(stand_in.hand, "127.0.0.1", 0, process_request=enter, select_subprotocol=_chosen) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        stand_in.url = f"ws://127.0.0.1:{port}/live"
        yield stand_in


async def _next(socket: ServerConnection) -> str | bytes | None:
    try:
        return await socket.recv()
    except ConnectionClosed:
        return None


def _chosen(connection: ServerConnection, offered: Sequence[Any]) -> Any:
    return "bearer" if "bearer" in offered else None


def _user(request: Request) -> str:
    query = parse_qs(urlsplit(request.path).query)
    if "token" in query:
        return query["token"][0]
    return request.headers.get("Sec-WebSocket-Protocol", "nobody").split(", ")[-1]


def _now() -> int:
    return time.time_ns() // 1_000_000
