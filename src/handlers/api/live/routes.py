"""Live quizzes over HTTP: answers, what hosts want, how a game stands, and what is left of it."""

import hashlib
import os
import uuid
from functools import cache
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from adapters import dynamo, media, settings
from adapters.gateway.routing import Request, Routes
from adapters.live.reports import Links, Reports, Runs
from adapters.live.times import now_ms
from handlers.api.live import environment
from handlers.api.live.answering import Answered
from handlers.api.live.views import GamePage, LiveGame, listed, view
from handlers.api.paging import Listing, token
from quiz.errors import BrokenQuiz, Conflict, Forbidden, NotFound, TooLate, UnknownQuiz
from quiz.live.clock import Action
from quiz.live.games import Game, Phase, names
from quiz.live.wishes import GameName

routes = Routes("live")


class Settings(Struct, frozen=True):
    """Environment variables of these routes beside those of all live ones."""

    games_table: str
    results_bucket: str


class LiveAnswer(Struct, frozen=True, forbid_unknown_fields=True):
    """The answer to the open question of a live quiz."""

    quiz_id: GameName
    question_id: Annotated[str, Meta(min_length=1, max_length=128)]
    answer: Any


class HostWish(Struct, frozen=True, forbid_unknown_fields=True):
    """What a host wants; with the `version` that they saw, a wish that came too late changes nothing."""

    action: Literal["open", "start", "next", "pause", "resume", "end"]
    version: int | None = None
    request_id: Annotated[
        Annotated[str, Meta(min_length=1, max_length=64)] | None,
        Meta(description="The same for a wish that is sent again."),
    ] = None


@cache
def bootstrap() -> tuple[Runs, Reports]:
    """Everything of these routes alone that lives as long as the environment does."""
    configured = settings.read(Settings, os.environ)
    return Runs(dynamo.client(), configured.games_table), Reports(media.client, configured.results_bucket)


@routes(
    "POST",
    "/answer",
    "Answer the open question of a live quiz",
    takes=LiveAnswer,
    gives=Answered,
    errors=(NotFound, Conflict, TooLate, Forbidden),
)
def answer_live(request: Request[LiveAnswer]) -> Answered:
    """The same answer may be sent again, also after the question was closed: it counts once."""
    sent = request.body
    return environment.bootstrap().answering.answer(sent.quiz_id, sent.question_id, sent.answer, request.caller.user_id)


@routes(
    "POST",
    "/live/{quiz_id}",
    "Open a game, or move it on",
    takes=HostWish,
    gives=LiveGame,
    status=202,
    instructors=True,
    errors=(UnknownQuiz, BrokenQuiz, Conflict),
)
def host_game(request: Request[HostWish]) -> LiveGame:
    """`open` makes a new game, `start` does so where none is running. The answer tells how the game stands by now.

    What was asked for follows within a second, and is announced to everybody who has joined.
    """
    return view(_host(request.body, request.path["quiz_id"], request.caller.user_id), now_ms(), tells_code=True)


def _host(wish: HostWish, name: str, host_id: str) -> Game:
    hosting = environment.bootstrap().hosting
    if wish.action == "open":
        return hosting.open(name, host_id, wish.request_id or "")
    return hosting.wish(Action(wish.action), name, host_id, _trigger_id(wish, host_id), wish.version)


def _trigger_id(wish: HostWish, host_id: str) -> str:
    if wish.request_id is None:
        return uuid.uuid4().hex
    # Two hosts may call their wishes alike, and one host two different ones.
    return hashlib.sha256(f"{host_id}\n{wish.action}\n{wish.request_id}".encode()).hexdigest()[:32]


@routes("GET", "/live/{quiz_id}", "Read how a game stands", gives=LiveGame)
def read_game(request: Request[None]) -> LiveGame:
    """For everybody, at most a second old; the join code is for instructors."""
    game = environment.bootstrap().games.find(request.path["quiz_id"])
    return view(game, now_ms(), tells_code=request.caller.is_instructor)


@routes("GET", "/live/{quiz_id}/games", "List the games of a quiz", query=Listing, gives=GamePage, instructors=True)
def list_games(request: Request[None]) -> GamePage:
    """The newest first; none for a quiz that was never played."""
    listing: Listing = request.query
    runs, _ = bootstrap()
    page = runs.page(_quiz_id(request.path["quiz_id"]), listing.place, listing.limit)
    return GamePage(tuple(listed(run) for run in page.things), token(page.rest))


def _quiz_id(name: str) -> str:
    if names(name)[0].kind == "quiz":
        return name
    try:
        return environment.bootstrap().games.find(name).quiz_id
    except NotFound:
        # It looks like a game's name, and is a quiz that was never played.
        return name


@routes(
    "GET",
    "/live/{quiz_id}/results",
    "Get links to the results of a game",
    gives=Links,
    instructors=True,
    errors=(Conflict,),
)
def read_results(request: Request[None]) -> Links:
    """Once the game has ended: everything as JSON, and the players and the questions as CSV."""
    game = environment.bootstrap().games.find(request.path["quiz_id"])
    if game.phase is not Phase.ENDED:
        game = environment.bootstrap().games.fresh(request.path["quiz_id"])
    if game.phase is not Phase.ENDED:
        raise Conflict("the game has not ended yet")
    _, reports = bootstrap()
    return reports.links(game.game_id)
