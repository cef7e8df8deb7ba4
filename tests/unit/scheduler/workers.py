"""Drives the broadcast workers from outside, as their queue does."""

import time
from typing import Any

import msgspec
from msgspec import Raw

from adapters.items import to_item
from handlers.scheduler.broadcast import handler
from quiz.live.broadcasts import Job
from tests.unit.builders import PLENTY_OF_TIME_MS, Calls, context
from tests.unit.scheduler import places
from tests.unit.scheduler.world import made

GAME = "game-00000000000000000001"
OTHER = "game-00000000000000000002"
MESSAGE = b'{"type":"question_closed","version":7}'


def job(**changes: Any) -> Job:
    fields = {"game_id": GAME, "shard": 0, "version": 7, "made_at": now(), "message": Raw(MESSAGE), **changes}
    return Job(**fields)


def now() -> int:
    return time.time_ns() // 1_000_000


class Workers:
    """Connections and jobs; `handed_on` is what the workers put back into their queue."""

    def __init__(self, calls: Calls) -> None:
        self.calls = calls

    def listen(self, *connection_ids: str, game_id: str = GAME, shard: int = 0, player: str = "") -> None:
        for connection_id in connection_ids:
            row = {
                "game_shard": f"{game_id}#{shard}",
                "connection_id": connection_id,
                "participant_id": player or f"player-of-{connection_id}",
            }
            made("dynamodb").put_item(TableName="connections", Item=to_item(row))

    def listening(self) -> set[str]:
        rows = made("dynamodb").scan(TableName="connections")["Items"]
        return {f"{row['game_shard']['S']} {row['connection_id']['S']}" for row in rows}

    def work(self, *given: Job, remaining_ms: int = PLENTY_OF_TIME_MS) -> list[str]:
        """The positions of the jobs that should come again."""
        bodies = [msgspec.json.encode(each).decode() for each in given]
        return self.work_on(*bodies, remaining_ms=remaining_ms)

    def work_on(self, *bodies: str, remaining_ms: int = PLENTY_OF_TIME_MS) -> list[str]:
        records = [{"messageId": str(number), "body": body} for number, body in enumerate(bodies)]
        response = handler({"Records": records}, context(remaining_ms))
        assert list(response) == ["batchItemFailures"]
        return [failure["itemIdentifier"] for failure in response["batchItemFailures"]]

    def handed_on(self) -> list[tuple[int, Job]]:
        """Each with the seconds that it waits."""
        sent = [made for name, made in self.calls.made if name == "SendMessage"]
        assert all(each["QueueUrl"] == places.JOBS for each in sent)
        return [(each["DelaySeconds"], msgspec.json.decode(each["MessageBody"], type=Job)) for each in sent]
