"""A student practises all questions of a category: everything over HTTP, and with a new client in the middle."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from msgspec import Struct
from rich.console import Console

from quiz.questions import Question
from tools.api_client import ApiClient, Reply
from tools.demo.practice_board import Course, Screen, Step
from tools.demo.practice_student import Student
from tools.live.people import user_id

CATEGORY = "science"
TALENT = 0.6

_PASSWORD = "A-demo-passw0rd"  # noqa: S105  # of an emulator on the loopback interface
# Nobody with this talent needs nearly as many; a session that does not end is a fault.
_MOST_ANSWERS_PER_QUESTION = 50


class PracticeFailed(Exception):
    """The API refused something that a student may do, or lost what the student did."""


class Client(Protocol):
    """What a student's app has of the API."""

    def call(self, method: str, path: str, body: Any = None) -> Reply:
        """Send one request."""


class Practised(Struct, frozen=True):
    """What a student did, and what the platform says of it."""

    course: Course
    progress: dict[str, Any]

    @property
    def differing(self) -> dict[str, tuple[Any, Any]]:
        """What was counted otherwise than it happened."""
        steps = self.course.steps
        happened = {
            "answered": len(steps),
            "correct": sum(step.correct for step in steps),
            "mastered": self.course.mastered,
        }
        counted = {name: self.progress.get(name) for name in happened}
        return {name: (happened[name], counted[name]) for name in happened if happened[name] != counted[name]}


def play(known: dict[str, Any], bank: Mapping[str, Question], run: str, console: Console) -> Practised:
    """A teacher makes a quiz of the whole category, and a student practises it to the end."""
    teacher = ApiClient(known).sign_in(**known["users"]["instructor"])
    quiz_id, username = f"practice-{run}", f"practice-{run}@example.com"
    of_category = [each.question_id for each in bank.values() if each.category == CATEGORY]
    ApiClient(known).sign_up(username, _PASSWORD)

    def connect() -> ApiClient:
        return ApiClient(known).sign_in(username, _PASSWORD)

    asked(teacher, "POST", "/quizzes", {"quiz_id": quiz_id, "title": CATEGORY, "question_ids": of_category})
    try:
        with Screen(console, f"{len(of_category)} questions of {CATEGORY}") as screen:
            course = Practice(connect, Student(bank, TALENT, CATEGORY), screen).play({"quiz_id": quiz_id})
    finally:
        teacher.call("DELETE", f"/quizzes/{quiz_id}", headers={"If-Match": '"1"'})
    api = connect()
    progress = asked(api, "GET", f"/users/{user_id(api.token or '')}/progress")
    screen.finish(course, progress)
    return Practised(course, progress)


class Practice:
    """One session from its beginning to its end, with a drop in the middle."""

    def __init__(self, connect: Callable[[], Client], student: Student, screen: Screen) -> None:
        self._connect, self._student, self._screen = connect, student, screen
        self._steps: list[Step] = []

    def play(self, wanted: dict[str, Any]) -> Course:
        """Answer until everything is mastered."""
        api = self._connect()
        made = asked(api, "POST", "/sessions", wanted)
        path, total = f"/sessions/{made['session_id']}", made["total_questions"]
        shown: dict[str, Any] | None = asked(api, "GET", f"{path}/question")
        dropped_at = 0
        while shown is not None:
            if len(self._steps) > total * _MOST_ANSWERS_PER_QUESTION:
                raise PracticeFailed(f"still not at the end after {len(self._steps)} answers to {total} questions")
            shown = self._answer(api, path, shown)
            if shown is not None and not dropped_at and self._steps[-1].remaining <= total // 2:
                # All that is left of the app is the id of its session.
                dropped_at, api = len(self._steps), self._connect()
                shown = _restored(api, path, shown)
                self._screen.dropped(dropped_at)
        return Course(total, dropped_at, tuple(self._steps))

    def _answer(self, api: Client, path: str, shown: Mapping[str, Any]) -> dict[str, Any] | None:
        """Answer what is shown; what is shown then."""
        question_id, version = shown["question"]["question_id"], shown["version"]
        body = {
            "question_id": question_id,
            "selected_answers": self._student.answer(question_id),
            "time_spent": 5,
            "version": version,
        }
        reply = asked(api, "POST", f"{path}/answer", body)
        if reply["correct"]:
            self._student.learn(question_id)
        counts = {name: reply["progress"][name] for name in ("remaining", "wrong_pool", "mastered")}
        self._steps.append(Step(question_id=question_id, correct=reply["correct"], **counts))
        self._screen.move(self._steps)
        if reply["next_action"] == "SESSION_COMPLETE":
            return None
        # A reply has the next question; where it has not, there is a call for it.
        shown_next = reply if reply.get("question") else asked(api, "GET", f"{path}/question")
        return shown_next if shown_next.get("question") else None


def asked(api: Client, method: str, path: str, body: Any = None) -> dict[str, Any]:
    """The body of a reply that has to be a good one."""
    reply = api.call(method, path, body)
    if not 200 <= reply.status < 300:
        raise PracticeFailed(f"{method} {path} answered {reply.status}: {reply.body}")
    answer: dict[str, Any] = reply.body
    return answer


def _restored(api: Client, path: str, lost: Mapping[str, Any]) -> dict[str, Any]:
    """What a client that knows nothing but the session's id is shown: the same as the one before it."""
    shown = asked(api, "GET", f"{path}/question")
    before, after = ((each["version"], each["question"]["question_id"]) for each in (lost, shown))
    if before != after:
        raise PracticeFailed(f"the session stood at {before}, and a new client found it at {after}")
    return shown
