"""What everybody's points are, by each place that knows them: the table, the leaderboard and the exported result."""

import csv
import io
import urllib.request
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from adapters.items import to_item
from adapters.live.participants import read_participant
from quiz.live.participants import Participant
from tools.api_client import ApiClient
from tools.stack import outputs

_MOST_KEYS = 100
_SECONDS_TO_WAIT = 30

Points = Mapping[str, int]


class Unreadable(Exception):
    """A place that should know the points did not tell them."""


class Export(NamedTuple):
    """The three files of a result, as they were downloaded."""

    result: bytes
    players: list[dict[str, str]]
    questions: list[dict[str, str]]


def participants(known: dict[str, Any], game_id: str, user_ids: Sequence[str]) -> list[Participant]:
    """The players as the table has them."""
    dynamodb, table = outputs.client("dynamodb", known), known["tables"]["participants"]
    found = []
    for start in range(0, len(user_ids), _MOST_KEYS):
        keys: Any = [
            to_item({"participant_id": each, "game_id": game_id}) for each in user_ids[start : start + _MOST_KEYS]
        ]
        while keys:
            answer = dynamodb.batch_get_item(RequestItems={table: {"Keys": keys, "ConsistentRead": True}})
            found += answer["Responses"][table]
            keys = answer["UnprocessedKeys"].get(table, {}).get("Keys", [])
    return [read_participant(item) for item in found]


def leaderboard(api: ApiClient, game_id: str, query: str = "top=100") -> list[dict[str, Any]]:
    """The rows of the leaderboard, over HTTP."""
    rows: list[dict[str, Any]] = _called(api, f"/leaderboard/{game_id}?{query}")
    return rows


def export(api: ApiClient, game_id: str) -> Export:
    """The files that the host downloads."""
    links = _called(api, f"/live/{game_id}/results")
    return Export(_downloaded(links["results"]), _table(links["players"]), _table(links["questions"]))


def _called(api: ApiClient, path: str) -> Any:
    reply = api.call("GET", path)
    if reply.status != 200:
        raise Unreadable(f"GET {path} answered {reply.status}: {reply.body}")
    return reply.body


def _table(url: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(_downloaded(url).decode("utf-8-sig"))))


def _downloaded(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=_SECONDS_TO_WAIT) as response:  # noqa: S310  # a link that S3 signed
        content: bytes = response.read()
        return content
