"""What AWS and the clients do about an invocation that died, or that could not do its work."""

import json
from random import Random
from threading import Lock
from typing import Any

from handlers.scheduler.delivery import read_job
from quiz.live.games import shard_of
from tests.proofs.live.events import HOST
from tests.proofs.live.game import Game
from tests.proofs.live.world import World

# As the queues of the scheduler have it.
VISIBILITY_MS = 30_000

_TOLD = 0.5
# What a player's client sends again by itself if it fails.
_SENT_AGAIN = {"answer", "join_quiz", "$disconnect", "POST /answer"}


class Afterwards:
    """`again` counts what came again for it."""

    def __init__(self, world: World, chance: Random) -> None:
        self.again = 0
        self._world = world
        self._chance = chance
        self._lock = Lock()
        self._spared: set[tuple[str, int]] = set()

    def spare_the_host(self, game: Game) -> None:
        """The game is judged by what its host was told, so that a job with the host in it comes again at once."""
        self._spared.add((game.game_id, shard_of(HOST, game.shards())))

    def of(self, function: str, event: dict[str, Any], answer: Any) -> Any:
        """What is answered in the end, or None if the event comes again at once; `answer` is None of what died."""
        if function in ("broadcast", "clock"):
            return self._of_queue(function, event, answer)
        if answer is not None:
            return answer
        told = self._refusal(event) if function in ("socket", "http") else None
        with self._lock:
            self.again += 1
        return told

    def _of_queue(self, function: str, event: dict[str, Any], answer: Any) -> Any:
        """What is not done comes again: a trigger of the clock at once, a job when the queue shows it again."""
        names = None if answer is None else {one["itemIdentifier"] for one in answer["batchItemFailures"]}
        failed = [record for record in event["Records"] if names is None or record["messageId"] in names]
        with self._lock:
            self.again += len(failed)
        if failed and (function == "clock" or any(map(self._is_spared, failed))):
            return None
        for record in failed:
            self._hide(record)
        return {"batchItemFailures": [{"itemIdentifier": record["messageId"]} for record in failed]}

    def _is_spared(self, record: dict[str, Any]) -> bool:
        job = read_job(record["body"])
        return (job.game_id, job.shard) in self._spared

    def _hide(self, record: dict[str, Any]) -> None:
        """What is of no use any more when it is seen again is posted to nobody."""
        job = read_job(record["body"])
        self._world.jobs.visible_after[int(record["receiptHandle"])] = VISIBILITY_MS
        if job.useless_after:
            self._world.overdue.add((job.game_id, job.shard, job.version))

    def _refusal(self, event: dict[str, Any]) -> Any:
        """What the client hears, if it is one that then sends the same once more."""
        context = event["requestContext"]
        is_host = str(context.get("authorizer", {}).get("user_id", "")).startswith(HOST)
        route = event.get("routeKey") or context["routeKey"]
        if is_host or route not in _SENT_AGAIN or self._chance.random() < _TOLD:
            return None
        sent = json.loads(event.get("body") or "{}")
        told = {"type": "error", "error": "internal_error", "request_id": sent.get("request_id")}
        return {"statusCode": 500, "body": json.dumps(told)}
