"""Questions and quizzes of the bank, as instructors change them."""

from collections.abc import Iterator
from typing import Any

from handlers.api import http
from tools.bench.operations.asked import Operation, answered, in_turn
from tools.cost.measure.asking import request

_KEY = {"type": "single_choice", "correct": "a"}


def operations() -> Iterator[Operation]:
    """Each kind of call, first for questions and then for quizzes."""
    yield from _each("question", "questions", _question(), {"text": "Which of these is right?"})
    yield from _each("quiz", "quizzes", _quiz(), {"title": "Ten others"})
    presigned = instructing("POST /media", {"content_type": "image/png", "size": 20_000})
    yield Operation("presign an upload", http.handler, lambda: presigned, answered)


def instructing(route: str, body: Any = None, if_match: str = "", **path: str) -> dict[str, Any]:
    """A request of an instructor."""
    event = request(route, body, **path)
    event["requestContext"]["authorizer"]["jwt"]["claims"]["cognito:groups"] = "[instructors]"
    if if_match:
        event["headers"]["if-match"] = if_match
    return event


def _each(one: str, many: str, body: dict[str, Any], change: dict[str, str]) -> Iterator[Operation]:
    item, name = f"/{many}/{{{one}_id}}", f"{one}_id"
    bodies = [{**body, name: f"bench-{one}-{number}"} for number in range(2)]

    def named(method: str, about: dict[str, Any], body: Any = None, if_match: str = "") -> dict[str, Any]:
        return instructing(f"{method} {item}", body, if_match, **{name: about[name]})

    adding = [instructing(f"POST /{many}", each) for each in bodies]
    changing = [named("PUT", each, {**each, **change}, if_match='"1"') for each in bodies]
    deleting = [named("DELETE", each, if_match='"2"') for each in bodies]
    yield Operation(f"add a {one}", http.handler, in_turn(adding), answered)
    yield Operation(f"read a {one}", http.handler, lambda: named("GET", bodies[0]), answered)
    yield Operation(f"list {many}", http.handler, lambda: instructing(f"GET /{many}"), answered)
    yield Operation(f"change a {one}", http.handler, in_turn(changing), answered)
    yield Operation(f"delete a {one}", http.handler, in_turn(deleting), answered)


def _question() -> dict[str, Any]:
    options = [{"id": each, "text": f"The answer that begins with {each}"} for each in "abcd"]
    return {"text": "Which of them is right?", "key": _KEY, "options": options, "category": "bench", "difficulty": 3}


def _quiz() -> dict[str, Any]:
    asked = [f"science-photosynthesis-{number:03}" for number in range(10)]
    return {"question_ids": asked, "title": "Ten of them"}
