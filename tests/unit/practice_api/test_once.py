"""An answer counts once: repeated, outdated, raced or in the way of another write."""

from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from adapters.practice.sessions import Sessions
from handlers.api.practice import routes
from quiz.practice.progress import SUMMARY
from tests.unit.builders import Calls, refused
from tests.unit.practice_api.support import (
    Practice,
    call,
    choices,
    gives_away,
    progress,
    restart,
    row,
    store,
    stored,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@pytest.fixture
def practice(api: Calls, database: "DynamoDBClient") -> Practice:
    store(database, choices(5))
    return Practice()


@pytest.mark.parametrize("selected", ["right", "b"])
def test_a_repetition_is_told_the_same(selected: str, practice: Practice, database: "DynamoDBClient") -> None:
    body = practice.body(selected)
    first = practice.send(body)
    item = stored(database, practice.session_id)
    for _ in range(2):
        restart()
        again = practice.send(body)
        assert (again.status, again.body) == (200, first.body)
    assert stored(database, practice.session_id) == item
    assert progress().body["answered"] == 1


def test_the_last_answer_of_all_may_be_repeated(api: Calls, database: "DynamoDBClient") -> None:
    store(database, choices(1))
    practice = Practice()
    body = practice.body()
    assert practice.send(body).body == practice.send(body).body
    assert practice.send(body).body["next_action"] == "SESSION_COMPLETE"


def test_an_outdated_answer_is_told_how_it_stands(practice: Practice) -> None:
    body = practice.body("b")
    practice.send(body)
    for changed in ({"selected_answers": ["right"]}, {"version": 7}):
        outdated = practice.send({**body, **changed})
        assert (outdated.status, outdated.error) == (409, "outdated_session")
        assert outdated.body["current"] == practice.read().body
        assert gives_away(outdated.body) == []
    assert progress().body["answered"] == 1


def test_other_errors_have_no_current_state(practice: Practice) -> None:
    assert "current" not in practice.send(practice.body(question_id="other")).body


def test_an_answer_to_another_question_is_refused(practice: Practice) -> None:
    refusal = practice.send(practice.body(question_id="elsewhere"))
    assert (refusal.status, refusal.error) == (409, "conflict")
    assert practice.read().body["version"] == 1


def _race(monkeypatch: pytest.MonkeyPatch, between: Any) -> None:
    """Have something else happen between the reading and the writing of an answer."""
    write = Sessions.answer
    waiting = [between]

    def answer(self: Sessions, *arguments: Any) -> Any:
        if waiting:
            waiting.pop()()
        return write(self, *arguments)

    monkeypatch.setattr(Sessions, "answer", answer)


def test_of_two_answers_at_once_one_counts(
    practice: Practice, database: "DynamoDBClient", monkeypatch: pytest.MonkeyPatch
) -> None:
    body = practice.body("right")
    _race(monkeypatch, lambda: practice.send({**body, "selected_answers": ["b"]}))
    loser = practice.send(body)
    assert (loser.status, loser.error) == (409, "outdated_session")
    assert loser.body["current"]["progress"]["answered"] == 1
    assert loser.body["current"]["penalty_indicator"] == "(+1 Question @ 2 Tries)"
    assert gives_away(loser.body) == []
    assert (row(database, SUMMARY)["answered"], row(database, SUMMARY)["correct"]) == (1, 0)


def test_the_same_answer_twice_at_once_counts_once(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    body = practice.body("right")
    replies: list[Any] = []
    _race(monkeypatch, lambda: replies.append(practice.send(body)))
    replies.append(practice.send(body))
    assert [reply.status for reply in replies] == [200, 200]
    assert replies[0].body == replies[1].body
    assert progress().body["answered"] == 1


def test_a_session_that_ends_meanwhile_is_not_there(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    body = practice.body()
    _race(monkeypatch, practice.delete)
    assert practice.send(body).status == 404
    assert progress().body["answered"] == 0


def _cancelled(*codes: str) -> Any:
    response, parsed = refused("TransactionCanceledException")
    return response, {**parsed, "CancellationReasons": [{"Code": code} for code in codes]}


@pytest.fixture
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.transactions.time.sleep", lambda seconds: None)


def test_a_conflict_is_tried_again(practice: Practice, api: Calls, no_pause: None) -> None:
    body = practice.body()
    answers = iter([_cancelled("None", "None", "TransactionConflict")])
    api.answers["TransactWriteItems"] = lambda _: next(answers, None)
    assert practice.send(body).status == 200
    assert api.names.count("TransactWriteItems") == 2
    assert progress().body["answered"] == 1


def test_throttled_writes_are_told_to_come_back(practice: Practice, api: Calls, no_pause: None) -> None:
    body = practice.body()
    api.answers["TransactWriteItems"] = lambda _: _cancelled("ThrottlingError", "None", "None")
    reply = practice.send(body)
    assert (reply.status, reply.error) == (503, "unavailable")
    assert reply.headers["Retry-After"]
    api.answers.clear()
    assert practice.send(body).status == 200


def test_throttled_reads_too(practice: Practice, api: Calls) -> None:
    api.answers["GetItem"] = lambda _: refused("ThrottlingException")
    assert practice.question().status == 503


def test_what_is_no_throttling_is_a_failure_of_ours(practice: Practice, api: Calls) -> None:
    body = practice.body()
    for operation in ("DeleteItem", "TransactWriteItems"):
        api.answers[operation] = lambda _: refused("AccessDeniedException")
    assert practice.send(body).status == 500
    assert practice.delete().status == 500
    sessions = routes.bootstrap().sessions
    session = sessions.get(practice.session_id, practice.user, 0)
    api.answers["PutItem"] = lambda _: refused("AccessDeniedException")
    with pytest.raises(ClientError):
        sessions.replace(session, session)


def test_nobody_else_finds_the_session(practice: Practice) -> None:
    body = practice.body()
    for groups in ("[students]", "[instructors]"):
        for key in (
            "GET /sessions/{session_id}",
            "GET /sessions/{session_id}/question",
            "DELETE /sessions/{session_id}",
        ):
            reply = call(key, user="student-2", groups=groups, session_id=practice.session_id)
            assert (reply.status, reply.error) == (404, "not_found")
    assert practice.send(body, user="student-2").status == 404
    assert practice.send(body).status == 200


def test_lists_are_no_sessions(practice: Practice, database: "DynamoDBClient") -> None:
    list_id = stored(database, practice.session_id)["list_id"]["S"]
    assert call("GET /sessions/{session_id}", session_id=f"{list_id}#0").status == 404


def test_an_expired_session_is_not_there(practice: Practice, clock: Any) -> None:
    clock.now += 14 * 86_400
    assert practice.question().status == 404
