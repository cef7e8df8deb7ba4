"""Rounds of an instructor who writes questions and quizzes, and of a student who takes a quiz."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from tools.bench.latency.calls import Call, Round
from tools.bench.latency.place import Place

_PICTURE = {"content_type": "image/png", "size": 48_213}
_METHODS = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")


@contextmanager
def bank(place: Place) -> Iterator[Callable[[int], Round]]:
    """Made, read, changed and deleted in each round."""
    yield partial(_bank, place)


@contextmanager
def quizzes(place: Place) -> Iterator[Callable[[int], Round]]:
    """Generated, submitted and read, by one student after the other."""
    try:
        yield _quiz
    finally:
        owner = place.student.user_id
        place.sweep("results", ("quiz_id",), lambda row: row["user_id"]["S"] == owner)


@contextmanager
def intake(place: Place) -> Iterator[Callable[[int], Round]]:
    """Anything, by every method."""
    try:
        yield partial(_intake, place)
    finally:
        place.sweep("requests", ("request_id", "timestamp"), lambda row: place.run in str(row))


def _bank(place: Place, number: int) -> Round:
    yield Call("GET /health", "/health")
    for kind, made in (
        ("question", _question(f"{place.run}-{number}")),
        ("quiz", _draft(f"{place.run}-{number}")),
    ):
        route = {"question": "/questions", "quiz": "/quizzes"}[kind]
        one, name = f"{route}/{{{kind}_id}}", f"{route}/{made[f'{kind}_id']}"
        yield Call(f"POST {route}", route, made, "teacher")
        yield Call(f"GET {route}", f"{route}?limit=20", None, "teacher")
        yield Call(f"GET {one}", name, None, "teacher")
        yield Call(f"PUT {one}", name, {**made, "title": "Changed"}, "teacher", 1)
        yield Call(f"DELETE {one}", name, None, "teacher", 2)
    yield Call("POST /media", "/media", _PICTURE, "teacher")


def _quiz(_: int) -> Round:
    generated = yield Call("POST /quiz/generate", "/quiz/generate", {"quiz_type": "geography", "count": 10})
    quiz_id, asked = generated.body["quiz_id"], generated.body["questions"]
    yield Call("POST /quiz/submit", "/quiz/submit", {"quiz_id": quiz_id, "answers": ["a"] * len(asked)})
    yield Call("GET /quiz/{quiz_id}/results", f"/quiz/{quiz_id}/results")


def _intake(place: Place, number: int) -> Round:
    for method in _METHODS:
        body = None if method in ("GET", "HEAD") else {"number": number}
        yield Call(f"{method} /intake/{{proxy}}", f"/intake/{place.run}/{number}", body)


def _question(name: str) -> dict[str, Any]:
    return {
        "question_id": name,
        "text": "Which of these are noble gases?",
        "options": [{"id": one, "text": one.title()} for one in ("helium", "nitrogen", "argon", "oxygen")],
        "key": {"type": "multiple_choice", "correct": ["helium", "argon"], "partial_credit": "per_correct"},
        "category": "bench",
        "difficulty": 2,
    }


def _draft(name: str) -> dict[str, Any]:
    return {"quiz_id": name, "title": "A quiz", "question_ids": ["geo-001", "sci-002", "hist-001"]}
