"""Moves games on: by the triggers of its queue, and by control events from the bus or a schedule."""

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from typing import Annotated, Any

from msgspec import Meta, Struct

from adapters import dynamo, events, exports, media, settings
from adapters.clients import time_for_a_call
from adapters.correlation import about, apart, of_record
from adapters.definitions import Definitions
from adapters.events import Bus
from adapters.live import queues, winners
from adapters.live.exports import GameExports
from adapters.live.frozen import FrozenQuestions
from adapters.live.games import Games
from adapters.live.opening import Opening
from adapters.live.queues import Jobs, Triggers
from adapters.live.redelivery import Redelivery
from adapters.live.standings import Standings
from adapters.live.times import now_ms
from adapters.live.turns import Turns
from adapters.live.winners import WinnersTopic
from adapters.media import MediaStore
from adapters.observability import count, instrumented, logger
from handlers.scheduler.announcing import Announcer
from handlers.scheduler.control import Control
from handlers.scheduler.ending import Ending
from handlers.scheduler.turning import Turning, read_trigger
from quiz.errors import Rejected

# Side by side, because one may be waiting for its moment.
_THREADS = 10


class Settings(Struct, frozen=True):
    """Environment variables of the function."""

    questions_table: str
    quizzes_table: str
    games_table: str
    participants_table: str
    triggers_queue_url: str
    jobs_queue_url: str
    results_bucket: str
    media_bucket: str
    event_bus_name: str
    winners_topic_arn: str
    winners: Annotated[int, Meta(ge=1, le=100)] = 3


class Clock(Struct, frozen=True):
    """Everything that lives as long as the environment does."""

    turning: Turning
    control: Control
    redelivery: Redelivery
    pool: ThreadPoolExecutor


@cache
def bootstrap() -> Clock:
    """Set up once per environment."""
    configured = settings.read(Settings, os.environ)
    client = dynamo.client()
    games = Games(client, configured.games_table, now_ms)
    turns = Turns(client, configured.games_table, now_ms)
    triggers = Triggers(queues.client, configured.triggers_queue_url)
    standings = Standings(client, configured.participants_table)
    questions = FrozenQuestions(client, configured.games_table)
    jobs = Jobs(queues.client, configured.jobs_queue_url)
    ending = Ending(
        standings=standings,
        questions=questions,
        exports=GameExports(exports.client, configured.results_bucket),
        jobs=jobs,
        topic=WinnersTopic(winners.client, configured.winners_topic_arn),
        winners=configured.winners,
        bus=Bus(events.client(), configured.event_bus_name),
        now=now_ms,
    )
    announcer = Announcer(
        turns=turns,
        questions=questions,
        standings=standings,
        media=MediaStore(media.client, configured.media_bucket),
        jobs=jobs,
        triggers=triggers,
        ending=ending,
        now=now_ms,
        sleep=time.sleep,
    )
    # A schedule plays the quiz as it is now, not as it was a minute ago.
    definitions = Definitions(client, configured.quizzes_table, configured.questions_table, max_age=0)
    opening = Opening(client, configured.games_table, definitions, games, now_ms)
    return Clock(
        turning=Turning(games, turns, announcer, triggers, now_ms, time.sleep),
        control=Control(games, opening, definitions, triggers, now_ms),
        redelivery=Redelivery(queues.client, configured.triggers_queue_url),
        pool=ThreadPoolExecutor(max_workers=_THREADS, thread_name_prefix="trigger"),
    )


@instrumented
def handler(event: dict[str, Any], context: Any) -> dict[str, Any] | None:
    """For a batch of triggers a partial batch response; for a control event nothing, or a failure that passes."""
    clock = bootstrap()
    if "Records" not in event:
        clock.control.obey(event)
        return None
    records, in_time = event["Records"], time_for_a_call(context)
    done = clock.pool.map(apart(partial(_turn, clock, in_time=in_time)), records)
    failed = [record["messageId"] for record, well in zip(records, done, strict=True) if not well]
    count("BatchItemFailures", len(failed))
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}


def _turn(clock: Clock, record: dict[str, Any], in_time: Callable[[], bool]) -> bool:
    """Whether the record need not come again."""
    about(correlation_id=of_record(record), message_id=record["messageId"])
    if not in_time():
        return False
    try:
        trigger = read_trigger(record["body"])
    except Rejected as reason:
        logger().error("a trigger cannot be read", reason=str(reason))
        count("ControlRejected")
        return True
    about(game_id=trigger.game_id)
    try:
        clock.turning.turn(trigger)
    except Exception:  # noqa: BLE001
        # Whatever it was, the transition or its announcement may be missing: players are waiting for it.
        logger().exception("a trigger failed", action=trigger.action)
        clock.redelivery.soon(record)
        return False
    return True
