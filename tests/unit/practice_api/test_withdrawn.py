"""Questions that the bank loses while somebody practises are passed over without a word."""

from typing import TYPE_CHECKING, Any

import pytest

from handlers.api.practice import routes
from handlers.api.practice.asking import Asking
from tests.unit.builders import Calls
from tests.unit.practice_api.support import Practice, call, choices, progress, remove, restart, store

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@pytest.fixture
def practice(api: Calls, database: "DynamoDBClient") -> Practice:
    store(database, choices(4))
    return Practice()


def _shown(practice: Practice) -> str:
    question_id: str = practice.question().body["question"]["question_id"]
    return question_id


def test_the_question_on_show(practice: Practice, database: "DynamoDBClient") -> None:
    gone = _shown(practice)
    remove(database, gone)
    restart()
    shown = practice.question().body
    assert shown["question"]["question_id"] != gone
    assert (shown["version"], shown["remaining"]) == (2, 2)
    assert practice.question().body == shown
    assert practice.read().body["version"] == 2


def test_an_answer_to_it_does_not_count(practice: Practice, database: "DynamoDBClient") -> None:
    body = practice.body()
    remove(database, body["question_id"])
    restart()
    reply = practice.send(body)
    assert (reply.status, reply.body["next_action"], reply.body["correct"]) == (200, "NEXT_QUESTION", False)
    assert "withdrawn" in reply.body["message"]
    assert reply.body["question"]["question_id"] != body["question_id"]
    assert reply.body["penalty_indicator"] is None
    assert practice.send(body).body == reply.body
    assert progress().body["answered"] == 0


def test_the_last_question(api: Calls, database: "DynamoDBClient") -> None:
    store(database, choices(2))
    practice = Practice()
    practice.answer()
    body = practice.body()
    remove(database, body["question_id"])
    restart()
    reply = practice.send(body).body
    assert (reply["next_action"], reply["question"]) == ("SESSION_COMPLETE", None)


def test_all_that_would_come_next(practice: Practice, database: "DynamoDBClient") -> None:
    shown = _shown(practice)
    for question_id in {f"q{i}" for i in range(4)} - {shown}:
        remove(database, question_id)
    restart()
    reply = practice.answer()
    assert (reply["correct"], reply["next_action"], reply["progress"]["remaining"]) == (True, "SESSION_COMPLETE", 0)
    assert reply["message"] == "Right. That was the last one."


def test_one_of_the_pool(api: Calls, database: "DynamoDBClient") -> None:
    store(database, choices(1))
    practice = Practice()
    practice.answer("b")
    assert practice.answer()["progress"]["wrong_pool"] == 1
    remove(database, "q0")
    restart()
    shown = practice.question().body
    assert (shown["question"], shown["wrong_pool"], shown["next_action"]) == (None, 0, "SESSION_COMPLETE")


def test_one_of_the_pool_that_is_not_shown(api: Calls, database: "DynamoDBClient") -> None:
    store(database, choices(2))
    practice = Practice()
    practice.answer("b")
    first = _shown(practice)
    practice.answer()
    remove(database, first)
    restart()
    while (reply := practice.answer())["next_action"] != "SESSION_COMPLETE":
        assert reply["question"]["question_id"] != first
    assert reply["progress"]["wrong_pool"] == 0


def test_one_that_cannot_be_read(practice: Practice, database: "DynamoDBClient") -> None:
    broken = _shown(practice)
    database.put_item(TableName="questions", Item={"question_id": {"S": broken}, "text": {"S": "?"}})
    restart()
    assert _shown(practice) != broken


def test_two_that_pass_it_over_at_once(
    practice: Practice, database: "DynamoDBClient", monkeypatch: pytest.MonkeyPatch
) -> None:
    remove(database, _shown(practice))
    restart()
    passed = Asking.passed
    others: list[Any] = []

    def race(self: Asking, session: Any) -> Any:
        if not others:
            others.append(None)
            others[0] = practice.question().body
        return passed(self, session)

    monkeypatch.setattr(Asking, "passed", race)
    assert practice.question().body == others[0]


def test_a_session_of_nothing_is_not_begun(api: Calls, database: "DynamoDBClient") -> None:
    store(database, choices(3))
    for number in range(3):
        remove(database, f"q{number}")
    reply = call("POST /sessions", {"quiz_id": "quiz"})
    assert (reply.status, reply.error) == (404, "not_found")


def test_what_comes_next_is_corrected_within_five_minutes(
    practice: Practice, database: "DynamoDBClient", monkeypatch: pytest.MonkeyPatch
) -> None:
    practice.question()
    store(database, choices(4, text="Corrected"))
    questions = routes.bootstrap().viewing.asking.questions
    assert practice.question().body["question"]["text"] != "Corrected"
    late = questions._clock() + 301
    monkeypatch.setattr(questions, "_clock", lambda: late)
    assert practice.question().body["question"]["text"] == "Corrected"
