"""The WebSocket's routes: connections come and go, players join and answer, hosts say what they want.

Every answer is what the function returns: it goes back over the connection that asked. Nothing is posted from here.
"""

import os
from functools import cache
from typing import Any, cast

import msgspec
from msgspec import Struct

from adapters import dynamo, media, settings
from adapters.correlation import about
from adapters.gateway import edge
from adapters.gateway.frames import Event, Sender, answered
from adapters.live import queues
from adapters.live.connections import Connections
from adapters.live.joining import Joining
from adapters.live.queues import Jobs
from adapters.media import MediaStore
from adapters.observability import count, instrumented, logger
from handlers.api.live import environment
from handlers.api.live.joining import Door
from handlers.api.live.kicking import Kicking
from handlers.api.live.room import Room
from quiz.errors import Unavailable
from quiz.live.messages import ServerMessage, encode
from quiz.live.wishes import AnyHostMessage, PlayerMessage
from quiz.parsing import decoder

_SUBPROTOCOL = "bearer"


class Settings(Struct, frozen=True):
    """Environment variables of this function beside those of all live routes."""

    connections_table: str
    games_table: str
    participants_table: str
    jobs_queue_url: str
    media_bucket: str


@cache
def connections() -> Connections:
    """All that a connection which ends needs."""
    return Connections(dynamo.client(), settings.read(Settings, os.environ).connections_table)


@cache
def bootstrap() -> Room:
    """Everything that lives as long as the environment does."""
    configured = settings.read(Settings, os.environ)
    live = environment.bootstrap()
    joining = Joining(dynamo.client(), configured.participants_table, configured.games_table)
    media_url = MediaStore(media.client, configured.media_bucket).read_url
    return Room(
        live=live,
        door=Door(live.games, live.questions, live.players, joining, connections(), media_url),
        kicking=Kicking(live.games, live.players, Jobs(queues.client, configured.jobs_queue_url)),
    )


@cache
def _messages() -> "msgspec.json.Decoder[PlayerMessage | AnyHostMessage]":
    return decoder(cast("type[PlayerMessage | AnyHostMessage]", PlayerMessage | AnyHostMessage))


@instrumented
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """One event of one connection."""
    place = event["requestContext"]
    about(connection_id=place["connectionId"])
    match place["routeKey"]:
        case "$connect":
            return _connected(event)
        case "$disconnect":
            return _disconnected(place["connectionId"])
    return {"statusCode": 200, "body": encode(answered(event, _messages(), _answer))}


def _answer(message: PlayerMessage | AnyHostMessage, sender: Sender) -> ServerMessage:
    return bootstrap().answer(message, sender)


def _connected(event: Event) -> dict[str, Any]:
    """The authorizer has let it in. A browser closes a connection whose subprotocol nobody takes up."""
    several = {name.lower(): ",".join(values) for name, values in (event.get("multiValueHeaders") or {}).items()}
    offered = several.get("sec-websocket-protocol") or edge.header(event, "sec-websocket-protocol") or ""
    taken = _SUBPROTOCOL in [each.strip() for each in offered.split(",")]
    count("ConnectionsOpened")
    return {"statusCode": 200, **({"headers": {"Sec-WebSocket-Protocol": _SUBPROTOCOL}} if taken else {})}


def _disconnected(connection_id: str) -> dict[str, Any]:
    try:
        connections().remove_everywhere(connection_id)
    except Unavailable as error:
        # Nobody asks again. The next message to the connection finds it gone, or the row expires.
        logger().warning("a closed connection is still listed", reason=str(error))
    return {"statusCode": 200}
