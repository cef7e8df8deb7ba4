"""`GET /leaderboard/{quiz_id}`, and the message `leaderboard` of a WebSocket: the best, and those around oneself."""

import os
from functools import cache
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from adapters import dynamo, settings
from adapters.cache.connecting import RedisSettings, client
from adapters.gateway.answering import Answering
from adapters.gateway.frames import Sender, answered
from adapters.gateway.routing import Request, Route, Routes
from adapters.live.board import Board
from adapters.live.games import Games
from adapters.live.ranking import Ranking
from adapters.observability import instrumented
from handlers.cache import inspecting
from handlers.cache.reading import Reader
from quiz.live.messages import Leaderboard, encode
from quiz.live.standings import Row
from quiz.live.wishes import ShowLeaderboard
from quiz.parsing import decoder

routes = Routes("live")


class Settings(RedisSettings, frozen=True, kw_only=True):
    """Environment variables of the function."""

    games_table: str
    participants_table: str


class Shown(Struct, frozen=True, forbid_unknown_fields=True):
    """Which part of a leaderboard."""

    top: Annotated[int, Meta(ge=0, le=100, description="How many of the best.")] = 10
    around: Annotated[
        Literal["me"] | None, Meta(description="`me` adds the five places above the caller and the five below.")
    ] = None


@cache
def bootstrap() -> Reader:
    """Everything that lives as long as the environment does."""
    configured = settings.read(Settings, os.environ)
    redis = settings.read(RedisSettings, os.environ)
    return Reader(
        board=Board(lambda: client(redis)),
        games=Games(dynamo.client(), configured.games_table),
        ranking=Ranking(dynamo.client(), configured.participants_table),
    )


@routes(
    "GET",
    "/leaderboard/{quiz_id}",
    "Read the leaderboard of a live quiz",
    query=Shown,
    gives=tuple[Row, ...],
)
def read_leaderboard(request: Request[None]) -> tuple[Row, ...]:
    """At most a hundred rows. A quiz id means its running game, else its latest; a game id or a join code does too."""
    shown: Shown = request.query
    participant_id = request.caller.user_id if shown.around else None
    return bootstrap().read(request.path["quiz_id"], participant_id, shown.top)[1]


ROUTES: tuple[Route, ...] = tuple(routes)
_answering = cache(lambda: Answering(ROUTES))
_messages = cache(lambda: decoder(ShowLeaderboard))


def _show(message: ShowLeaderboard, sender: Sender) -> Leaderboard:
    participant_id = sender.caller.user_id if message.around else None
    game_id, rows = bootstrap().read(message.quiz_id, participant_id, message.top)
    return Leaderboard(game_id=game_id, rows=rows)


@instrumented
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer a request or a message; and whoever may invoke the function directly, what is in the cache."""
    # Everything that comes through an API has one, and no client can take it off.
    if "requestContext" not in event:
        return inspecting.answer(event)
    if event["requestContext"].get("eventType") == "MESSAGE":
        return {"statusCode": 200, "body": encode(answered(event, _messages(), _show))}
    return _answering().respond(event)
