"""Records of table streams: rows as the functions wrote them, and rows as no function ever wrote one."""

from copy import deepcopy
from random import Random
from typing import Any

from tests.proofs.campaigns.fuzzing import envelopes, hostile
from tests.proofs.campaigns.fuzzing.asked import Asked
from tests.proofs.campaigns.fuzzing.memory import Memory

KEYS = {
    "submissions": ("student_id", "submission_id"),
    "results": ("quiz_id",),
    "progress": ("user_id", "question_id"),
    "participants": ("participant_id", "game_id"),
}
_BATCH = (1, 2, 4, 10)
_SPOILED = 0.45


class Records:
    """Makes batches; of those that are spoiled the keys stay, since no row is without them."""

    def __init__(self, chance: Random, memory: Memory) -> None:
        self._chance = chance
        self._memory = memory
        self._number = 100

    def followed(self, number: int) -> Asked:
        """For the function that follows three tables."""
        return self._batch("table streams", "stream", ("submissions", "results", "progress"))

    def projected(self, number: int) -> Asked:
        """For the leaderboard."""
        return self._batch("leaderboard stream", "projector", ("participants",))

    def _batch(self, row: str, function: str, tables: tuple[str, ...]) -> Asked:
        known = [table for table in tables if self._memory.images.get(table)]
        records, good = [], set()
        for _ in range(self._chance.choice(_BATCH) if known else 0):
            table = self._chance.choice(known)
            record = self._record(table)
            if self._chance.random() < _SPOILED:
                self._spoil(record, table)
            else:
                good.add(record["dynamodb"]["SequenceNumber"])
            records.append(record)
        return Asked(row, function, {"Records": records}, good=frozenset(good))

    def _record(self, table: str) -> dict[str, Any]:
        self._number += 1
        image = deepcopy(self._chance.choice(self._memory.images[table]))
        record: dict[str, Any] = envelopes.envelope(envelopes.STREAM)["Records"][0]
        record |= {
            "eventID": f"change-{self._number}",
            "eventName": self._chance.choice(("INSERT", "INSERT", "MODIFY", "REMOVE")),
            "eventSourceARN": f"arn:aws:dynamodb:eu-central-1:123456789012:table/{table}/stream/2026-11-20",
        }
        change = record["dynamodb"]
        change |= {"SequenceNumber": str(self._number), "Keys": {name: image[name] for name in KEYS[table]}}
        change.pop("OldImage", None)
        change["NewImage"] = image
        if record["eventName"] == "REMOVE":
            change["OldImage"] = change.pop("NewImage")
        elif record["eventName"] == "MODIFY":
            change["OldImage"] = deepcopy(self._chance.choice(self._memory.images[table]))
        return record

    def _spoil(self, record: dict[str, Any], table: str) -> None:
        images = [record["dynamodb"][name] for name in ("NewImage", "OldImage") if name in record["dynamodb"]]
        image = self._chance.choice(images)
        for _ in range(self._chance.choice((1, 1, 3))):
            name = self._chance.choice([name for name in image if name not in KEYS[table]] or ["x"])
            if self._chance.random() < 0.25:
                image.pop(name, None)
            else:
                image[name] = self._attribute()

    def _attribute(self) -> dict[str, Any]:
        """A value of any of DynamoDB's types."""
        chance, text = self._chance, hostile.whole(hostile.text(self._chance))
        return chance.choice(
            (
                {"S": text},
                {"N": chance.choice(("0", "-1", "1E+125", "0.000001", "9" * 38))},
                {"BOOL": True},
                {"NULL": True},
                {"M": {}},
                {"M": {"x": {"S": text}}},
                {"L": []},
                {"L": [{"N": "1"}, {"S": text}]},
                {"SS": [text or "x"]},
                {"B": "eA=="},
            )
        )
