"""The participants' stream, read from the emulator and delivered as AWS may deliver it.

The order of a player's images holds within a delivery, and a batch that failed comes again before the next one. But a
batch may come a second time at any later moment, whole or in part, and players may overtake each other. What is not
claimed is that a batch may come again across a loss of Redis: its images may be of somebody who was sent away since,
and only Redis remembers that they are old.
"""

from collections.abc import Callable
from random import Random
from typing import Any

Record = dict[str, Any]

_MOST_IN_BATCH = 100
_REPEATED = 0.2
# That may come again; of more than these, some are forgotten.
_MOST_OLD = 500


class Stream:
    """Reads on from where it stopped."""

    def __init__(self, client: Any, arn: str, chance: Random) -> None:
        self._client = client
        self.chance = chance
        self._iterators = [
            client.get_shard_iterator(StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON")[
                "ShardIterator"
            ]
            for shard in client.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]
        ]
        self._waiting: list[Record] = []
        self._old: list[list[Record]] = []
        self._last: dict[str, Record] = {}
        self.delivered = 0
        self.repeated = 0

    def read(self) -> None:
        """Take up what has happened since."""
        for number, iterator in enumerate(self._iterators):
            while True:
                answer = self._client.get_records(ShardIterator=iterator, Limit=1000)
                iterator = answer["NextShardIterator"]
                self._waiting += [_as_event(record) for record in answer["Records"]]
                if not answer["Records"]:
                    break
            self._iterators[number] = iterator

    def deliver(self, project: Callable[[list[Record]], bool]) -> None:
        """Hand over everything that waits; `project` tells whether a batch was done. What was not, waits on."""
        while self._waiting:
            batch = self._shuffled(self._waiting[: self.chance.randint(1, _MOST_IN_BATCH)])
            if not project(batch):
                return
            self._waiting = self._waiting[len(batch) :]
            self.delivered += len(batch)
            self._remember(batch)
            if self.chance.random() < _REPEATED:
                again = self.chance.choice(self._old)
                start = self.chance.randrange(len(again))
                self.repeated += len(again) - start
                project(again[start:])

    def deliver_again(self, project: Callable[[list[Record]], bool]) -> None:
        """The first batch comes once more, long after everything else."""
        project(self._old[0])

    def last_of_each_game(self) -> list[Record]:
        """The image of each game that was delivered last."""
        return list(self._last.values())

    def _remember(self, batch: list[Record]) -> None:
        self._last |= {record["dynamodb"]["Keys"]["game_id"]["S"]: record for record in batch}
        self._old.append(batch)
        if len(self._old) > _MOST_OLD:
            del self._old[self.chance.randrange(1, _MOST_OLD)]

    def _shuffled(self, records: list[Record]) -> list[Record]:
        """In another order, in which each player's images stay as they were."""
        places = [_player(record) for record in records]
        self.chance.shuffle(places)
        left: dict[str, list[Record]] = {}
        for record in records:
            left.setdefault(_player(record), []).append(record)
        return [left[player].pop(0) for player in places]


def _player(record: Record) -> str:
    keys = record["dynamodb"]["Keys"]
    return f"{keys['participant_id']['S']} {keys['game_id']['S']}"


def _as_event(record: Record) -> Record:
    """As Lambda hands it over: times are numbers there."""
    told = record["dynamodb"]
    created = told["ApproximateCreationDateTime"].timestamp()
    return {**record, "dynamodb": {**told, "ApproximateCreationDateTime": created}}
