"""The key to a question leaves the server only once the question is closed."""

import json
from typing import Any

import pytest

from tests.unit.api.driver import INSTRUCTOR, STUDENT, call
from tests.unit.live_api.support import HINT, SECRET, Clock, Person

RIGHT = {"q1": SECRET, "q2": "b", "q3": {"x": "1", "y": "2"}, "q4": True}
WRONG = {"q1": "drum", "q2": "a", "q3": {"x": "2", "y": "1"}, "q4": False}
TELLTALE = ("is_correct", "score_earned", "correct_answer", "total_score", "explanation", "feedback", "pairs")


@pytest.fixture
def opened(lobby: str, ann: Person, bob: Person, clock: Clock) -> str:
    ann.join("Ann")
    bob.join("Bob")
    clock.start()
    return lobby


def _replies(ann: Person, bob: Person, host: Person, question_id: str) -> list[Any]:
    """Everything that anybody may be told while a question is open, but what they say themselves."""
    over_http = {"quiz_id": "quiz", "question_id": question_id, "answer": WRONG[question_id]}
    return [
        ann.join(),
        ann.answer(question_id, RIGHT[question_id]),
        ann.answer(question_id, RIGHT[question_id]),
        ann.answer(question_id, WRONG[question_id]),
        bob.answer(question_id, WRONG[question_id]),
        ann.join(),
        bob.join(),
        Person(f"late-{question_id}").join("Late"),
        host.join(),
        host.say("pause_quiz"),
        call("POST /answer", over_http, groups=STUDENT).body,
        call("GET /live/{quiz_id}", groups=STUDENT).body,
        call("GET /live/{quiz_id}/games", groups=INSTRUCTOR).body,
    ]


@pytest.mark.long
def test_no_reply_before_the_close_holds_it(opened: str, ann: Person, bob: Person, host: Person, clock: Clock) -> None:
    for question_id in RIGHT:
        scores = (ann.join()["score"], bob.join()["score"])
        replies = _replies(ann, bob, host, question_id)
        text = json.dumps([{**one, "text": ""} if isinstance(one, dict) else one for one in replies])
        assert SECRET not in text
        assert HINT not in text
        assert not [name for name in TELLTALE if f'"{name}": ' in text.replace(f'"{name}": null', "")]
        # A score that grows would tell as much.
        assert (ann.join()["score"], bob.join()["score"]) == scores
        clock.close()
        if question_id != "q4":
            clock.next()
    assert ann.join()["score"] > bob.join()["score"] == 0


def test_right_and_wrong_answers_are_answered_alike(opened: str, ann: Person, bob: Person) -> None:
    assert ann.answer("q1", RIGHT["q1"]) == bob.answer("q1", WRONG["q1"])
    assert {**ann.join(), "name": "", "participant_id": ""} == {**bob.join(), "name": "", "participant_id": ""}


def test_after_the_close_it_is_told(opened: str, ann: Person, clock: Clock) -> None:
    ann.answer("q1", WRONG["q1"])
    clock.close()
    assert ann.answer("q1", WRONG["q1"])["correct_answer"] == SECRET
