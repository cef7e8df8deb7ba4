"""Adaptive practice of one student, and what instructors read of it."""

import json
from collections.abc import Iterator
from itertools import repeat
from typing import Any

from handlers.api import http
from handlers.tables import stream
from tools.bench.operations.asked import Operation, answered, done
from tools.bench.operations.bank import instructing
from tools.bench.operations.world import CONTEXT, World
from tools.cost.measure import bank
from tools.cost.measure.asking import request
from tools.cost.measure.furniture import stored, stream_record
from tools.cost.measure.work import BATCH

_STUDENT = "01234567-89ab-4def-8123-456789abcdef"
_ANSWERS = 30
_PAGE = {"rawQueryString": f"category={bank.CATEGORY}", "queryStringParameters": {"category": bank.CATEGORY}}


class _Session:
    """Answered one question after the other, every third of them wrong."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._shown: dict[str, Any] = {}
        self._answered = 0
        with world.network.unnoticed():
            made = self._asked(creating())
            self.path = {"session_id": made["session_id"]}
            self._shown = self._asked(request("GET /sessions/{session_id}/question", **self.path))

    def handler(self, event: dict[str, Any], context: Any) -> Any:
        """The function, and what it shows next is remembered."""
        response = http.handler(event, context)
        if response["statusCode"] == 200 and not self._world.network.plays_back:
            self._shown = json.loads(response["body"])
        return response

    def answer(self) -> dict[str, Any]:
        """The answer to what is shown."""
        self._answered += 1
        chosen = "b" if self._answered % 3 == 0 else "a"
        said = {"question_id": self._shown["question"]["question_id"], "selected_answers": [chosen]}
        body = {**said, "time_spent": 5, "version": self._shown["version"]}
        return request("POST /sessions/{session_id}/answer", body, **self.path)

    def change(self, number: int) -> dict[str, Any]:
        """What the stream tells of the next answer."""
        key = {"user_id": {"S": _STUDENT}, "question_id": {"S": self._shown["question"]["question_id"]}}
        before = stored("progress", key)
        with self._world.network.unnoticed():
            self.handler(self.answer(), CONTEXT)
        return stream_record(number, "progress", before, stored("progress", key))

    def _asked(self, event: dict[str, Any]) -> Any:
        return json.loads(http.handler(event, CONTEXT)["body"])


def creating() -> dict[str, Any]:
    """The wish for a session."""
    return request("POST /sessions", {"category": bank.CATEGORY, "difficulty": bank.DIFFICULTY})


def operations(world: World) -> Iterator[Operation]:
    """A session, its questions and answers, progress; and what becomes of them."""
    yield Operation("create a session", http.handler, creating, answered)
    session = _Session(world)
    for name, route in (("restore a session", ""), ("read its question", "/question")):
        event = request(f"GET /sessions/{{session_id}}{route}", **session.path)
        yield Operation(name, http.handler, repeat(event).__next__, answered)
    yield Operation("answer in a session", session.handler, session.answer, answered, warm=3, times=_ANSWERS)
    progress = {**request("GET /users/{user_id}/progress"), "pathParameters": {"user_id": _STUDENT}}
    yield Operation("read progress", http.handler, lambda: progress, answered)
    follow = _Session(world)
    changes = {"Records": [follow.change(number) for number in range(BATCH)]}
    yield Operation("follow 10 answers", stream.handler, lambda: changes, done)
    yield from _analytics(changes["Records"][0]["dynamodb"]["Keys"]["question_id"]["S"])


def _analytics(practised: str) -> Iterator[Operation]:
    listing = {**instructing("GET /analytics/questions"), **_PAGE}
    yield Operation("list how hard questions are", http.handler, lambda: listing, answered)
    hours = instructing("GET /analytics/questions/{question_id}", question_id=practised)
    yield Operation("read how hard a question is", http.handler, lambda: hours, answered)
