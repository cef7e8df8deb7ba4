"""A session from its beginning to its end, over HTTP."""

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tests.unit.builders import Calls
from tests.unit.practice_api.support import (
    OTHER,
    Practice,
    choices,
    gives_away,
    progress,
    restart,
    row,
    store,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def test_a_whole_session(api: Calls, database: "DynamoDBClient") -> None:
    store(database, choices(4))
    practice = Practice()
    assert practice.created["total_questions"] == 4
    replies = [practice.answer("b")]
    while replies[-1]["next_action"] != "SESSION_COMPLETE":
        replies.append(practice.answer("right"))
    # THEN three are right at once, and one is wrong, right, and right twice more
    assert [reply["correct"] for reply in replies] == [False] + [True] * 6
    assert replies[-1]["progress"] == {"answered": 7, "correct": 6, "remaining": 0, "wrong_pool": 0, "mastered": 4}
    assert replies[-1]["question"] is None
    shown = practice.question().body
    assert (shown["question"], shown["next_action"], shown["version"]) == (None, "SESSION_COMPLETE", 8)
    assert practice.read().body["next_action"] == "SESSION_COMPLETE"
    late = practice.send({"question_id": "q1", "selected_answers": ["right"], "version": 8})
    assert (late.status, late.error) == (409, "conflict")
    summary = progress().body
    assert (summary["answered"], summary["correct"], summary["mastered"], summary["streak"]) == (7, 6, 4, 6)


def test_wrong_comes_back_reshuffled_and_then_twice(api: Calls, database: "DynamoDBClient") -> None:
    store(database, choices(1))
    practice = Practice()
    before = practice.question().body
    assert "penalty_indicator" not in before
    orders = [before["question"]["options"]]
    for _ in range(5):
        wrong = practice.answer("b")
        assert (wrong["correct"], wrong["next_action"]) == (False, "RETRY_SAME_QUESTION")
        assert wrong["penalty_indicator"] == "(+1 Question @ 2 Tries)"
        assert wrong["feedback"] == "Nearly."
        assert gives_away(wrong) == []
        orders.append(wrong["question"]["options"])
        assert practice.question().body["penalty_indicator"] == "(+1 Question @ 2 Tries)"
    assert all(one != other for one, other in pairwise(orders))

    right = [practice.answer() for _ in range(3)]
    assert [reply["penalty_indicator"] for reply in right] == [
        "(+1 Question @ 2 Tries)",
        "(+1 Question @ 1 Try)",
        None,
    ]
    assert [reply["progress"]["wrong_pool"] for reply in right] == [1, 1, 0]
    assert [reply["next_action"] for reply in right] == ["NEXT_QUESTION", "NEXT_QUESTION", "SESSION_COMPLETE"]
    assert right[0]["correct_answer"] == "right"
    assert right[0]["explanation"]
    learnt = row(database, "q0")
    assert (learnt["attempts"], learnt["correct"], learnt["tries"], learnt["seconds"]) == (8, 3, 0, 56)


def test_wrong_from_the_pool_begins_anew(api: Calls, database: "DynamoDBClient") -> None:
    store(database, choices(1))
    practice = Practice()
    practice.answer("b")
    practice.answer()
    practice.answer()
    assert practice.question().body["penalty_indicator"] == "(+1 Question @ 1 Try)"
    assert practice.answer("c")["penalty_indicator"] == "(+1 Question @ 2 Tries)"
    assert [practice.answer()["next_action"] for _ in range(3)][-1] == "SESSION_COMPLETE"


def test_each_question_is_asked_once_and_no_reply_gives_it_away(api: Calls, database: "DynamoDBClient") -> None:
    store(database, choices(12), quiz_id=None)
    practice = Practice(category="science", difficulty=2)
    asked: Counter[str] = Counter()
    for _ in range(12):
        for reply in (practice.question(), practice.read()):
            assert gives_away(reply.body) == []
        asked[practice.question().body["question"]["question_id"]] += 1
        practice.answer()
    assert asked == Counter({f"q{i}": 1 for i in range(12)})


def test_a_session_is_its_students_alone(api: Calls, database: "DynamoDBClient") -> None:
    store(database, choices(2))
    practice = Practice()
    body = practice.body()
    tries = (practice.read(OTHER), practice.question(OTHER), practice.send(body, OTHER), practice.delete(OTHER))
    # THEN others are told the same as if there were none
    assert [(reply.status, reply.error) for reply in tries] == [(404, "not_found")] * 4
    assert practice.question().body["version"] == 1
    assert progress(OTHER).body["answered"] == 0


def test_restored_by_another_environment(api: Calls, database: "DynamoDBClient") -> None:
    store(database, choices(5))
    practice = Practice()
    practice.answer()
    practice.answer("c")
    before = practice.read().body
    restart()
    after = practice.read().body
    assert after == before
    assert after["question"] == practice.question().body["question"]
    assert after["progress"] == {"answered": 2, "correct": 1, "remaining": 3, "wrong_pool": 0, "mastered": 1}
    assert (after["quiz_id"], after["policy"], after["version"]) == ("quiz", "classic", 3)


def test_one_answer_is_two_calls_and_one_question_at_most_two(api: Calls, database: "DynamoDBClient") -> None:
    store(database, choices(4))
    practice = Practice()
    restart()
    with api.counted() as cold:
        shown: Any = practice.question().body
    assert cold == ["GetItem", "BatchGetItem"]
    with api.counted() as warm:
        practice.question()
    assert warm == ["GetItem"]
    bodies = {"question_id": shown["question"]["question_id"], "selected_answers": ["right"], "version": 1}
    with api.counted() as first:
        reply = practice.send(bodies).body
    # The list, and with the next question those after it.
    assert first == ["GetItem", "BatchGetItem", "BatchGetItem", "TransactWriteItems"]
    for selected in ("b", "right", "right"):
        body = {
            "question_id": reply["question"]["question_id"],
            "selected_answers": [selected],
            "version": reply["version"],
        }
        with api.counted() as answered:
            reply = practice.send(body).body
        assert answered == ["GetItem", "TransactWriteItems"]


def test_the_end_of_a_session(api: Calls, database: "DynamoDBClient") -> None:
    store(database, choices(2))
    practice = Practice()
    practice.answer()
    assert practice.delete().status == 204
    assert practice.delete().status == 404
    assert practice.question().status == 404
    assert progress().body["answered"] == 1
