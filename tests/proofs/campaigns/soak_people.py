"""The people of the soak, each of whom goes on at a pace of their own until the end."""

import json
import random
import time
from datetime import UTC, datetime
from typing import Any

from rich.console import Console

from quiz.questions import Question
from quiz.submissions import parse
from tests.proofs.campaigns.soak_book import Book, Pace, TimedApi
from tests.stack.support import Stack, new_id, submission
from tools.api_client import ApiClient, Reply
from tools.demo.practice import Practice, Practised, asked
from tools.demo.practice_board import Screen
from tools.demo.practice_student import Student
from tools.demo.school_class import answer_of
from tools.live.people import user_id
from tools.stack import bank

_PASSWORD = "A-soaked-passw0rd"
# A token works for thirty minutes.
_SECONDS_SIGNED_IN = 600
_RESENT = 0.1
_CATEGORIES = ("geography", "science", "history", "languages")


class Newest:
    """What the visitors of leaderboards look at."""

    game_id = ""


class Posted:
    """What the LMS sent, by student and submission id, with the fingerprint of the answers; and how many messages."""

    def __init__(self) -> None:
        self.fingerprints: dict[tuple[str, str], str] = {}
        self.messages = 0


def take_quizzes(stack: Stack, book: Book, pace: Pace, seed: str) -> None:
    """A student takes one quiz after the other, and reads each result."""
    api, chance, known = _new_user(stack, book), random.Random(seed), bank.read().by_id()
    signed_in = time.monotonic()
    for _ in pace:
        if time.monotonic() - signed_in > _SECONDS_SIGNED_IN:
            api, signed_in = _new_user(stack, book), time.monotonic()
        wanted = {"quiz_type": chance.choice(_CATEGORIES), "count": 5}
        quiz = asked(api, "POST", "/quiz/generate", wanted)
        answers = {each["question_id"]: _answer(known[each["question_id"]], chance) for each in quiz["questions"]}
        scored = asked(api, "POST", "/quiz/submit", {"quiz_id": quiz["quiz_id"], "answers": answers})
        read = asked(api, "GET", f"/quiz/{quiz['quiz_id']}/results")
        same = (read["score"], read["results"]) == (scored["score"], scored["results"])
        book.expect(same, f"the result of {quiz['quiz_id']} is not what its submission was answered with")


class _Paced:
    """A client that waits for its turn; once the end has come, what was begun is finished without waiting."""

    def __init__(self, api: ApiClient, pace: Pace) -> None:
        self._api, self._pace = api, pace

    def call(self, method: str, path: str, body: Any = None) -> Reply:
        self._pace.wait()
        return self._api.call(method, path, body)


def practise(stack: Stack, book: Book, pace: Pace, seed: str) -> None:
    """One student after the other practises a category to the end, with a new client in the middle."""
    number = 0
    while time.monotonic() < pace.until:
        number += 1
        api = _new_user(stack, book)
        learner = Student(bank.read().by_id(), 0.6, f"{seed} {number}")
        course = Practice(lambda: _Paced(api, pace), learner, Screen(Console(quiet=True), "")).play(  # noqa: B023  # at once
            {"category": "history", "difficulty": 3}
        )
        progress = asked(api, "GET", f"/users/{user_id(api.token or '')}/progress")
        differing = Practised(course, progress).differing
        book.expect(not differing, f"student {number} happened/counted: {differing}")


def submit(stack: Stack, book: Book, pace: Pace, seed: str, posted: Posted) -> None:
    """An LMS posts submissions of a class, some of them again in other bytes."""
    chance, name = random.Random(seed), new_id("soak")
    [quiz] = [each for each in bank.read().quizzes if each.quiz_id == "general-knowledge-1"]
    questions = bank.read().asked(quiz)
    for number, _ in enumerate(pace):
        student, attempt = f"{name}-{number % 50}", f"attempt-{number // 50}"
        answers = {question.question_id: _answer(question, chance) for question in questions}
        body = submission(student, attempt, answers=answers, submitted_at=datetime.now(UTC).isoformat())
        posted.fingerprints[student, attempt] = _post(stack, book, body, student)
        again = chance.random() < _RESENT
        if again:
            _post(stack, book, dict(reversed(body.items())), student)
        posted.messages += 1 + again


def look(stack: Stack, book: Book, pace: Pace, newest: Newest) -> None:
    """Visitors read the leaderboard of the newest game."""
    api, signed_in = _new_user(stack, book), time.monotonic()
    for _ in pace:
        if time.monotonic() - signed_in > _SECONDS_SIGNED_IN:
            api, signed_in = _new_user(stack, book), time.monotonic()
        if game_id := newest.game_id:
            rows: Any = api.call("GET", f"/leaderboard/{game_id}?top=10").body
            scores = [row["score"] for row in rows] if isinstance(rows, list) else []
            book.expect(scores == sorted(scores, reverse=True), f"the board of {game_id} is out of order: {scores}")


def check_health(stack: Stack, book: Book, pace: Pace) -> None:
    """A monitor asks whether the platform is there."""
    api = TimedApi(stack.known, book)
    for _ in pace:
        api.call("GET", "/health")


def _new_user(stack: Stack, book: Book) -> TimedApi:
    api, name = TimedApi(stack.known, book), f"{new_id('soak')}@example.com"
    api.sign_up(name, _PASSWORD)
    api.sign_in(name, _PASSWORD)
    return api


def _answer(question: Question, chance: random.Random) -> object:
    return answer_of(question, chance, 0.6)


def _post(stack: Stack, book: Book, body: dict[str, Any], student: str) -> str:
    text = json.dumps(body)
    with book.timed("SQS SendMessage"):
        stack.post(text, student)
    return parse(text).fingerprint
