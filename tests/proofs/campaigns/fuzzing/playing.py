"""A stretch of a run: one platform, and call after call of its functions. It follows from the seed alone."""

import traceback
from collections.abc import Callable, Iterator, Mapping
from random import Random
from types import SimpleNamespace
from typing import Any, NamedTuple

import boto3

from handlers.alarms import notify
from handlers.api import http, socket
from handlers.authorizer import token
from handlers.cache import leaderboard, projector
from handlers.intake import ledger
from handlers.queue import submissions
from handlers.scheduler import broadcast, clock
from handlers.tables import stream
from tests.proofs.campaigns.fuzzing.asked import Asked
from tests.proofs.campaigns.fuzzing.frames import Frames
from tests.proofs.campaigns.fuzzing.judging import LEAKED, RAISED, WRONG, Verdict, judge
from tests.proofs.campaigns.fuzzing.learning import Learning
from tests.proofs.campaigns.fuzzing.memory import Memory
from tests.proofs.campaigns.fuzzing.messages import Messages
from tests.proofs.campaigns.fuzzing.place import Heard, furnished
from tests.proofs.campaigns.fuzzing.records import Records
from tests.proofs.campaigns.fuzzing.refusals import refusal
from tests.proofs.campaigns.fuzzing.requests import Requests
from tests.proofs.campaigns.fuzzing.secrecy import Secrecy

HANDLERS: Mapping[str, Any] = {
    "authorizer": token,
    "broadcast": broadcast,
    "clock": clock,
    "http": http,
    "intake": ledger,
    "leaderboard": leaderboard,
    "notify": notify,
    "projector": projector,
    "socket": socket,
    "stream": stream,
    "submissions": submissions,
}
# So many of clients make a stretch; then everything begins anew, so that tables stay small and a repetition is short.
REQUESTS = 500
# After each so-many-eth there is an event of another kind.
_EVENTS_EVERY = 5
_context = SimpleNamespace(aws_request_id="fuzz", function_name="fuzz", get_remaining_time_in_millis=lambda: 30_000)


class Outcome(NamedTuple):
    """One call, and what was thought of it."""

    number: int
    asked: Asked
    response: Any
    verdicts: tuple[Verdict, ...]


def play(seed: int, first: int, redis_port: int) -> Iterator[Outcome]:
    """The calls of the stretch that begins with a request."""
    name = f"{seed} {first}"
    chance, memory = Random(name), Memory()
    with furnished(name, redis_port) as (heard, time):
        learning = Learning(memory, boto3.client("dynamodb"))
        secrecy, makers = Secrecy(learning), _Makers(chance, memory)
        for number in range(first, first + REQUESTS):
            for asked in makers.at(number):
                time.ms += chance.choice((20, 100, 1_000))
                yield _call(number, asked, heard, learning, secrecy)


class _Makers:
    """Chooses what comes next."""

    def __init__(self, chance: Random, memory: Memory) -> None:
        self._chance = chance
        self._requests, self._frames = Requests(chance, memory), Frames(chance, memory)
        messages, records = Messages(chance, memory), Records(chance, memory)
        self._events: tuple[Callable[[int], Asked], ...] = (
            messages.submissions,
            messages.triggers,
            messages.triggers,
            messages.jobs,
            messages.control,
            messages.schedule,
            messages.notice,
            records.followed,
            records.projected,
        )

    def at(self, number: int) -> Iterator[Asked]:
        """A request of a client, and an event if it is time for one."""
        kind = self._chance.random()
        frames = self._frames
        make = self._requests.make if kind < 0.66 else frames.message if kind < 0.92 else frames.passport
        yield (frames.arrival if kind > 0.97 else make)(number)
        if number % _EVENTS_EVERY == 0:
            yield self._chance.choice(self._events)(number)


def _call(number: int, asked: Asked, heard: Heard, learning: Learning, secrecy: Secrecy) -> Outcome:
    heard.forget()
    response: Any = None
    try:
        response = HANDLERS[asked.function].handler(asked.event, _context)
        verdicts = [judge(asked, response, heard)]
    except Exception:  # noqa: BLE001  # whatever it is, it should not have come out
        verdicts = [Verdict(RAISED, traceback.format_exc(limit=-6))]
    refused = [refusal(*call) for call in heard.calls]
    verdicts += [Verdict(WRONG, f"AWS would refuse {why}") for why in refused if why]
    verdicts += [Verdict(LEAKED, leak) for leak in secrecy.leaks(asked, response, heard)]
    learning.learn(asked, response, heard)
    return Outcome(number, asked, response, tuple(verdicts))
