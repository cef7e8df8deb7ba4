"""Posts messages to everybody in one shard of a game. One connection's trouble is no other's."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

from msgspec import Struct

from adapters import dynamo, settings
from adapters.clients import time_for_a_call
from adapters.correlation import about, apart, of_record
from adapters.live import posting, queues
from adapters.live.listeners import Listeners
from adapters.live.posting import Posting
from adapters.live.queues import Jobs
from adapters.live.times import now_ms
from adapters.observability import count, instrumented, logger
from handlers.scheduler.delivery import Delivery, read_job

# A post is mostly waiting; with more of them at once a processor does nothing but switch between them.
_THREADS = 32


class Settings(Struct, frozen=True):
    """Environment variables of the function."""

    connections_table: str
    jobs_queue_url: str
    websocket_api_id: str
    websocket_stage: str


@cache
def bootstrap() -> Delivery:
    """Everything that lives as long as the environment does."""
    configured = settings.read(Settings, os.environ)
    endpoint = posting.endpoint(configured.websocket_api_id, configured.websocket_stage, os.environ)
    return Delivery(
        listeners=Listeners(dynamo.client(), configured.connections_table),
        posting=Posting(endpoint, posting.credentials(), posting.region(os.environ)),
        jobs=Jobs(queues.client, configured.jobs_queue_url),
        pool=ThreadPoolExecutor(max_workers=_THREADS, thread_name_prefix="post"),
        now=now_ms,
    )


@instrumented
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """A partial batch response: only jobs that could not be begun, or not be handed on, come again as they were."""
    delivery, in_time = bootstrap(), time_for_a_call(context)
    # One after the other, and yet what is known of one job is not known of the next.
    deliver = apart(_deliver)
    failed = [record["messageId"] for record in event["Records"] if not deliver(delivery, record, in_time)]
    count("BatchItemFailures", len(failed))
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}


def _deliver(delivery: Delivery, record: dict[str, Any], in_time: Callable[[], bool]) -> bool:
    """Whether the record need not come again."""
    about(correlation_id=of_record(record), message_id=record["messageId"])
    if not in_time():
        return False
    try:
        job = read_job(record["body"])
        about(game_id=job.game_id)
        delivery.deliver(job, in_time)
    except Exception:  # noqa: BLE001
        # Whatever it was, somebody may not have been told; those who were drop the message when it comes again.
        logger().exception("a job failed")
        return False
    return True
