"""Rounds of a student who practises, and of whoever looks at what was learnt."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from tools.bench.latency.calls import Call, Round
from tools.bench.latency.place import Place
from tools.demo.practice_student import Student
from tools.stack import bank

_CATEGORY = "history"


@contextmanager
def practice(place: Place) -> Iterator[Callable[[int], Round]]:
    """A session is begun, read, answered once and ended in each round; progress stays, as it is meant to."""
    yield partial(_practise, place, Student(bank.read().by_id(), 1, place.run))


def _practise(place: Place, student: Student, _: int) -> Round:
    begun = yield Call("POST /sessions", "/sessions", {"category": _CATEGORY})
    one, path = "/sessions/{session_id}", f"/sessions/{begun.body['session_id']}"
    yield Call(f"GET {one}", path)
    shown = yield Call(f"GET {one}/question", f"{path}/question")
    question_id = shown.body["question"]["question_id"]
    answer = {
        "question_id": question_id,
        "selected_answers": student.answer(question_id),
        "time_spent": 5,
        "version": shown.body["version"],
    }
    yield Call(f"POST {one}/answer", f"{path}/answer", answer)
    yield Call(f"DELETE {one}", path)
    yield Call("GET /users/{user_id}/progress", f"/users/{place.student.user_id}/progress")
    yield Call("GET /analytics/questions", f"/analytics/questions?category={_CATEGORY}", None, "teacher")
    figures = "/analytics/questions/{question_id}"
    yield Call(f"GET {figures}", f"/analytics/questions/{question_id}", None, "teacher")
