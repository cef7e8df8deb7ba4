"""Joining a game: at first a name is taken and a player made, in one transaction; later both are found again."""

import secrets
from typing import TYPE_CHECKING, Any

from adapters.items import to_item
from adapters.live.participants import participant_item
from adapters.live.players import Players
from adapters.live.rows import name_row
from adapters.live.times import now_ms
from adapters.transactions import transact
from quiz.errors import Forbidden, Unavailable
from quiz.live.games import Game
from quiz.live.names import numbered
from quiz.live.participants import Participant, new_participant

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_NUMBERS_IN_A_ROW = 3
_TRIES = 12
_PLAYER, _NAME = 0, 1


class Joining:
    """Makes players."""

    def __init__(self, client: "DynamoDBClient", participants_table: str, games_table: str) -> None:
        self._client = client
        self._participants_table = participants_table
        self._games_table = games_table
        self._players = Players(client, participants_table)

    def join(self, game: Game, participant_id: str, name: str) -> Participant:
        """The player, new or as they left; who was sent away stays away."""
        player = self._players.get(game.game_id, participant_id) or self._create(game, participant_id, name)
        if player.kicked:
            raise Forbidden("the host has sent you away")
        return player

    def _create(self, game: Game, participant_id: str, name: str) -> Participant:
        for tried in range(1, _TRIES + 1):
            player = new_participant(game, participant_id, numbered(name, _number(tried)), now_ms())
            refused = transact(self._client, self._actions(game, player))
            if not refused:
                return player
            if _PLAYER in refused:
                # The same person, in another tab, a moment ago.
                found = self._players.get(game.game_id, participant_id)
                if found is not None:
                    return found
        raise Unavailable("no name was free")

    def _actions(self, game: Game, player: Participant) -> list[Any]:
        taken = {
            "game_id": name_row(game.game_id, player.name),
            "participant_id": player.participant_id,
            "expires_at": game.expires_at,
        }
        return [
            {
                "Put": {
                    "TableName": self._participants_table,
                    "Item": participant_item(player),
                    "ConditionExpression": "attribute_not_exists(participant_id)",
                }
            },
            {
                "Put": {
                    "TableName": self._games_table,
                    "Item": to_item(taken),
                    "ConditionExpression": "attribute_not_exists(game_id)",
                }
            },
        ]


def _number(tried: int) -> int:
    """1, 2, 3 and then any: a thousand players of one name find theirs as quickly as three."""
    return tried if tried <= _NUMBERS_IN_A_ROW else 1_000 + secrets.randbelow(9_000)
