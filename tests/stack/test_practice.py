"""A student practises over HTTP: to the end, with drops, repetitions and others who look."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.stack.support import Stack, eventually, new_id
from tools.api_client import ApiClient, Reply
from tools.demo.practice_student import Student
from tools.live.people import user_id
from tools.stack import bank

_PASSWORD = "A-good-passw0rd"
_SECRETS = {"key", "correct_answer", "explanation", "credit", "accepted", "pairs", "order"}
_WRONG = ["what nobody would answer"]
_BANK = bank.read().by_id()


class Learner:
    """A student with an app."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self.name = f"{new_id('learner')}@example.com"
        stack.api().sign_up(self.name, _PASSWORD)
        self.api = self.connected()
        self.user_id = user_id(self.api.token or "")
        self.knowing = Student(_BANK, 1, "knows")

    def connected(self) -> ApiClient:
        return self._stack.api().sign_in(self.name, _PASSWORD)

    def begins(self, **wanted: Any) -> str:
        reply = self.api.call("POST", "/sessions", wanted or {"category": "history", "difficulty": 3})
        assert reply.status == 201, reply.body
        assert reply.body["version"] == 1
        session_id: str = reply.body["session_id"]
        return f"/sessions/{session_id}"

    def shown(self, session: str) -> dict[str, Any]:
        reply = self.api.call("GET", f"{session}/question")
        assert reply.status == 200, reply.body
        body: dict[str, Any] = reply.body
        return body

    def answers(self, session: str, shown: dict[str, Any], right: bool = True) -> Reply:
        return self.api.call("POST", f"{session}/answer", self.body(shown, right))

    def body(self, shown: dict[str, Any], right: bool = True) -> dict[str, Any]:
        question = shown["question"]["question_id"]
        selected = self.knowing.answer(question) if right else _WRONG
        return {"question_id": question, "selected_answers": selected, "time_spent": 3, "version": shown["version"]}

    def progress(self) -> dict[str, Any]:
        reply = self.api.call("GET", f"/users/{self.user_id}/progress")
        assert reply.status == 200, reply.body
        body: dict[str, Any] = reply.body
        return body

    def finishes(self, session: str, wrong: int = 0) -> list[dict[str, Any]]:
        """All replies until the end; the first answers are wrong."""
        replies: list[dict[str, Any]] = []
        shown = self.shown(session)
        while True:
            reply = self.answers(session, shown, right=len(replies) >= wrong)
            assert reply.status == 200, reply.body
            replies.append(reply.body)
            if reply.body["next_action"] == "SESSION_COMPLETE":
                return replies
            shown = reply.body if reply.body.get("question") else self.shown(session)


def _names(body: Any) -> Iterator[str]:
    """Every name in it, at any depth."""
    if isinstance(body, dict):
        for name, value in body.items():
            yield name
            yield from _names(value)
    if isinstance(body, list):
        for value in body:
            yield from _names(value)


@pytest.fixture
def learner(stack: Stack) -> Learner:
    return Learner(stack)


def test_a_whole_session_with_a_restore_in_the_middle(stack: Stack, learner: Learner) -> None:
    # GIVEN a session in which one question was wrong, and then right
    session = learner.begins()
    shown = learner.shown(session)
    first = learner.answers(session, shown, right=False).body
    assert first["next_action"] == "RETRY_SAME_QUESTION"
    again = first if first.get("question") else learner.shown(session)
    assert again["question"]["question_id"] == shown["question"]["question_id"]
    if len(shown["question"]["options"]) > 1:
        assert again["question"]["options"] != shown["question"]["options"]
    right = learner.answers(session, again).body
    assert right["next_action"] == "NEXT_QUESTION"
    # WHEN the app is gone, and another one has nothing but the session's id
    learner.api = learner.connected()
    restored = learner.api.call("GET", session)
    assert restored.status == 200, restored.body
    assert restored.body["version"] == right["version"] == 3
    assert learner.shown(session)["version"] == 3
    # THEN it goes on to the end: five or six questions, and two times more the one that was wrong
    rest = learner.finishes(session)
    asked = 2 + len(rest)
    total = asked - 3
    assert total in (5, 6)
    assert rest[-1]["progress"]["mastered"] == total
    assert (rest[-1]["progress"]["wrong_pool"], rest[-1]["progress"]["remaining"]) == (0, 0)
    # AND everything was counted once
    progress = learner.progress()
    assert (progress["answered"], progress["correct"], progress["mastered"]) == (asked, asked - 1, total)


def test_the_penalty_tells_how_many_tries_are_left(learner: Learner) -> None:
    session = learner.begins()
    replies = learner.finishes(session, wrong=1)
    shown = [reply["penalty_indicator"] for reply in replies if reply.get("penalty_indicator")]
    assert shown[0] == "(+1 Question @ 2 Tries)"
    assert "(+1 Question @ 1 Try)" in shown


def test_an_answer_that_is_sent_again_gets_the_same_reply_and_counts_once(learner: Learner) -> None:
    session = learner.begins()
    body = learner.body(learner.shown(session))
    first = learner.api.call("POST", f"{session}/answer", body)
    again = learner.api.call("POST", f"{session}/answer", body)
    assert (first.status, first.body) == (again.status, again.body)
    assert learner.progress()["answered"] == 1


def test_an_answer_to_a_state_that_is_over_gets_the_present_one(learner: Learner) -> None:
    session = learner.begins()
    shown = learner.shown(session)
    learner.answers(session, shown)
    reply = learner.answers(session, shown, right=False)
    assert (reply.status, reply.body["error"]) == (409, "outdated_session")
    assert reply.body["current"]["version"] == 2
    assert not _SECRETS & set(_names(reply.body))
    assert learner.progress()["answered"] == 1


def test_an_answer_to_another_question_is_a_conflict(learner: Learner) -> None:
    session = learner.begins()
    body = {**learner.body(learner.shown(session)), "question_id": "geo-001"}
    reply = learner.api.call("POST", f"{session}/answer", body)
    assert (reply.status, reply.body["error"]) == (409, "conflict")


def test_of_answers_at_once_one_counts(learner: Learner) -> None:
    session = learner.begins()
    shown = learner.shown(session)
    bodies = [learner.body(shown, right) for right in (True, False, True, False)]
    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda body: learner.api.call("POST", f"{session}/answer", body), bodies))
    assert sorted(reply.status for reply in replies)[0] == 200
    # Who met the write of another twice is asked to come again.
    assert {reply.status for reply in replies} <= {200, 409, 503}
    assert len({json.dumps(reply.body) for reply in replies if reply.status == 200}) == 1
    assert learner.progress()["answered"] == 1


def test_a_session_belongs_to_its_student(stack: Stack, learner: Learner) -> None:
    session = learner.begins()
    body = learner.body(learner.shown(session))
    for other in (Learner(stack).api, stack.api("instructor")):
        for method, path, sent in (
            ("GET", session, None),
            ("GET", f"{session}/question", None),
            ("POST", f"{session}/answer", body),
            ("DELETE", session, None),
        ):
            reply = other.call(method, path, sent)
            assert (reply.status, reply.body["error"]) == (404, "not_found"), (method, path)
    assert stack.api().call("GET", session).status == 401
    assert learner.shown(session)["version"] == 1


def test_a_session_that_is_deleted_is_gone_and_what_was_learnt_stays(learner: Learner) -> None:
    session = learner.begins()
    learner.answers(session, learner.shown(session))
    assert learner.api.call("DELETE", session).status == 204
    assert learner.api.call("GET", session).status == 404
    assert learner.api.call("GET", f"{session}/question").status == 404
    assert learner.progress()["answered"] == 1


def test_progress_is_for_the_student_and_for_instructors(stack: Stack, learner: Learner) -> None:
    learner.finishes(learner.begins())
    path = f"/users/{learner.user_id}/progress"
    assert stack.api("instructor").call("GET", path).body == learner.progress()
    reply = Learner(stack).api.call("GET", path)
    assert (reply.status, reply.body["error"]) == (403, "forbidden")


def test_whoever_never_practised_has_progress_of_nothing(learner: Learner) -> None:
    progress = learner.progress()
    assert (progress["answered"], progress["correct"], progress["mastered"]) == (0, 0, 0)


def test_what_was_practised_today_is_not_due_today(learner: Learner) -> None:
    wanted = {"category": "history", "difficulty": 3, "policy": "spaced"}
    total = len(learner.finishes(learner.begins(**wanted)))
    assert learner.progress()["due"] == 0
    # Neither new nor due: then everything may be asked again.
    again = learner.api.call("POST", "/sessions", wanted)
    assert again.status == 201, again.body
    assert (again.body["new"], again.body["total_questions"]) == (0, total)
    learner.finishes(f"/sessions/{again.body['session_id']}")
    progress = learner.progress()
    assert (progress["answered"], progress["due"]) == (2 * total, 0)


def test_no_key_leaves_before_the_right_answer(learner: Learner) -> None:
    session = learner.begins()
    shown = learner.shown(session)
    assert not _SECRETS & set(_names(shown))
    assert not _SECRETS & set(_names(learner.api.call("GET", session).body))
    missed = learner.answers(session, shown, right=False).body
    assert missed["correct"] is False
    assert not _SECRETS & set(_names(missed))
    replies = learner.finishes(session)
    # What a reply tells beside the explanation of its own question is without a key, too.
    assert not any(_SECRETS & set(_names(reply.get("question"))) for reply in replies)


def test_a_completed_session_takes_no_answer(learner: Learner) -> None:
    session = learner.begins()
    shown = learner.shown(session)
    replies = learner.finishes(session)
    stale = {**learner.body(shown), "version": replies[-1]["version"]}
    assert learner.api.call("POST", f"{session}/answer", stale).status == 409


def test_what_cannot_be_practised_is_told(learner: Learner) -> None:
    call = learner.api.call
    assert call("POST", "/sessions", {}).status == 400
    assert call("POST", "/sessions", {"quiz_id": "no-such-quiz"}).status == 404
    assert call("POST", "/sessions", {"category": "astrology"}).status == 404
    assert call("GET", "/sessions/no-such-session").status == 404


def test_each_answer_is_in_the_analytics_once(stack: Stack) -> None:
    # GIVEN a question that nobody else practises, and two students
    teacher, tag = stack.api("instructor"), new_id("analytics")
    question = {
        "question_id": tag,
        "text": "Is this a question?",
        "category": tag,
        "key": {"type": "true_false", "correct": True},
    }
    assert teacher.call("POST", "/questions", question).status == 201
    assert teacher.call("POST", "/quizzes", {"quiz_id": tag, "title": tag, "question_ids": [tag]}).status == 201
    for given in ([False], [True]):
        learner = Learner(stack)
        session = learner.begins(quiz_id=tag)
        shown = learner.shown(session)
        body = {"question_id": tag, "selected_answers": given, "time_spent": 2, "version": shown["version"]}
        for _ in range(2):
            assert learner.api.call("POST", f"{session}/answer", body).status == 200

    # WHEN the stream has been followed
    def counted() -> Any:
        reply = teacher.call("GET", f"/analytics/questions?category={tag}")
        assert reply.status == 200, reply.body
        return reply.body

    found = eventually(counted, lambda body: _answered(body, tag) >= 2)
    # THEN the first answer of each session was counted once, though it was sent twice
    assert _answered(found, tag) == 2
    assert stack.api("student").call("GET", f"/analytics/questions?category={tag}").status == 403
    for made in ("quizzes", "questions"):
        assert teacher.call("DELETE", f"/{made}/{tag}", headers={"If-Match": '"1"'}).status == 204


def _answered(body: dict[str, Any], question_id: str) -> int:
    rows = next(value for value in body.values() if isinstance(value, list))
    return sum(row["answered"] for row in rows if row["question_id"] == question_id)
