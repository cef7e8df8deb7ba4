"""Items of the participants table, and how one is found."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from adapters.failures import as_unavailable
from adapters.items import from_item, plain, to_item
from adapters.structs import to_struct
from quiz.live.participants import Participant

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def find(client: "DynamoDBClient", table: str, game_id: str, participant_id: str) -> Participant | None:
    """The player as they are now."""
    with as_unavailable():
        found = client.get_item(TableName=table, Key=participant_key(game_id, participant_id), ConsistentRead=True)
    return read_participant(found["Item"]) if "Item" in found else None


def participant_item(participant: Participant) -> dict[str, Any]:
    """A player as stored."""
    return to_item(plain(participant))


def read_participant(item: Mapping[str, Any]) -> Participant:
    """The player in an item."""
    return to_struct(from_item(item), Participant)


def participant_key(game_id: str, participant_id: str) -> dict[str, Any]:
    """Where a player of a game is stored."""
    return to_item({"participant_id": participant_id, "game_id": game_id})
