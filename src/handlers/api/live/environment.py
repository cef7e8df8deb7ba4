"""What the WebSocket and the HTTP routes of live quizzes both work with."""

import os
from functools import cache

from msgspec import Struct

from adapters import dynamo, settings
from adapters.definitions import Definitions
from adapters.live import queues
from adapters.live.frozen import FrozenQuestions
from adapters.live.games import Games
from adapters.live.opening import Opening
from adapters.live.players import Players
from adapters.live.queues import Triggers
from handlers.api.live.answering import Answering
from handlers.api.live.hosting import Hosting


class Settings(Struct, frozen=True):
    """Environment variables of both functions."""

    games_table: str
    participants_table: str
    questions_table: str
    quizzes_table: str
    triggers_queue_url: str


class Live(Struct, frozen=True):
    """One of each, so that what one route has read another need not."""

    games: Games
    questions: FrozenQuestions
    players: Players
    answering: Answering
    hosting: Hosting


@cache
def bootstrap() -> Live:
    """Everything that lives as long as the environment does."""
    configured = settings.read(Settings, os.environ)
    client = dynamo.client()
    games = Games(client, configured.games_table)
    questions = FrozenQuestions(client, configured.games_table)
    players = Players(client, configured.participants_table)
    definitions = Definitions(client, configured.quizzes_table, configured.questions_table)
    return Live(
        games=games,
        questions=questions,
        players=players,
        answering=Answering(games, questions, players),
        hosting=Hosting(
            games=games,
            opening=Opening(client, configured.games_table, definitions, games),
            triggers=Triggers(queues.client, configured.triggers_queue_url),
        ),
    )
