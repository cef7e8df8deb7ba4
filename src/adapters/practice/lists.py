"""The lists of question ids that sessions go through, in rows of their own: never changed, only kept longer."""

import hashlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from adapters.items import from_item, to_item
from adapters.practice import batches
from quiz.errors import Unavailable
from quiz.practice.memory import Memory

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_IN_A_ROW = 2_000
# Lists outlive the sessions that go through them.
_KEPT_LONGER_SECONDS = 86_400
# Over all lists; some 12 MB.
_MOST_IDS_KEPT = 100_000

# Place, stability, difficulty, due, reviewed: short, since a row has 400 KB.
_Row = tuple[int, Decimal, Decimal, int, int]
_ids = msgspec.json.Decoder(list[str])
_memories = msgspec.json.Decoder(list[_Row])


class Listed(Struct, frozen=True):
    """A list: ids by place, and what the student remembered of those that are due when the list was made."""

    ids: Sequence[str]
    memories: Mapping[int, Memory] = {}


def list_id_of(ids: Sequence[str]) -> str:
    """The same for the same list, so that all sessions of a quiz share one."""
    return "list-" + hashlib.sha256(msgspec.json.encode(ids)).hexdigest()[:32]


class Lists:
    """Writes each list once a day at most, and reads it once per environment."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table
        self._kept: dict[str, Listed] = {}
        self._written: dict[str, int] = {}

    def write(self, list_id: str, listed: Listed, expires_at: int) -> None:
        """Have the list stored for at least as long as a session lives."""
        if self._written.get(list_id, 0) < expires_at:
            until = expires_at + _KEPT_LONGER_SECONDS
            batches.write(self._client, self._table, [_row(list_id, i, listed, until) for i in _chunks(listed.ids)])
            self._written[list_id] = until
        self._keep(list_id, listed)

    def knows(self, list_id: str) -> bool:
        """Whether reading it costs nothing."""
        return list_id in self._kept

    def read(self, list_id: str, total: int) -> Listed:
        """The list of a session that goes through `total` questions."""
        if list_id not in self._kept:
            numbers = range(-(-total // _IN_A_ROW))
            keys = [{"session_id": _key(list_id, number)} for number in numbers]
            self._keep(list_id, _listed(batches.read(self._client, self._table, keys, consistent=True), total))
        return self._kept[list_id]

    def _keep(self, list_id: str, listed: Listed) -> None:
        # Taken out first, so that the order of the dict is the order of age.
        self._kept.pop(list_id, None)
        self._kept[list_id] = listed
        while sum(len(kept.ids) for kept in self._kept.values()) > _MOST_IDS_KEPT and len(self._kept) > 1:
            oldest = next(iter(self._kept))
            del self._kept[oldest]
            self._written.pop(oldest, None)


def _chunks(ids: Sequence[str]) -> range:
    return range(-(-len(ids) // _IN_A_ROW))


def _key(list_id: str, number: int) -> str:
    # No session is called like this: nobody can read a list as if it were one.
    return f"{list_id}#{number}"


def _row(list_id: str, number: int, listed: Listed, until: int) -> dict[str, Any]:
    places = range(number * _IN_A_ROW, min((number + 1) * _IN_A_ROW, len(listed.ids)))
    memories = [_memory_row(place, listed.memories[place]) for place in places if place in listed.memories]
    return to_item(
        {
            "session_id": _key(list_id, number),
            "number": number,
            "ids": msgspec.json.encode([listed.ids[place] for place in places]).decode(),
            "memories": msgspec.json.encode(memories).decode() if memories else None,
            "expires_at": until,
        }
    )


def _memory_row(place: int, memory: Memory) -> _Row:
    return place, memory.stability, memory.difficulty, memory.due, memory.reviewed


def _listed(items: Sequence[Mapping[str, Any]], total: int) -> Listed:
    rows = sorted((from_item(item) for item in items), key=lambda row: row["number"])
    ids = [each for row in rows for each in _ids.decode(row["ids"])]
    if len(ids) != total:
        raise Unavailable("the list of a session is not whole")
    remembered = [found for row in rows if "memories" in row for found in _memories.decode(row["memories"])]
    return Listed(ids, {row[0]: Memory(row[1], row[2], row[3], row[4]) for row in remembered})
