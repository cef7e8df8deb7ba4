"""Each stored result is announced once on the event bus, without the answers."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.stack.support import QUIZ, Stack, eventually, new_id, submission


@pytest.fixture
def announcements(stack: Stack) -> Iterator[str]:
    """A queue that hears what is announced."""
    name, events = new_id("listener"), stack.client("events")
    bus = stack.known["event_bus_name"]
    with stack.queue(name) as (url, arn):
        pattern = {"source": ["quiz.platform"], "detail-type": ["SubmissionScored", "QuizCompleted"]}
        events.put_rule(Name=name, EventBusName=bus, EventPattern=json.dumps(pattern))
        events.put_targets(Rule=name, EventBusName=bus, Targets=[{"Id": "queue", "Arn": arn}])
        yield url
        events.remove_targets(Rule=name, EventBusName=bus, Ids=["queue"])
        events.delete_rule(Name=name, EventBusName=bus)


def test_a_result_is_announced_once_however_often_it_was_posted(stack: Stack, announcements: str) -> None:
    student, last = new_id("student"), new_id("student")
    for _ in range(3):
        stack.post(submission(student), student)
    stack.drained()
    # What comes after it on the stream shows that nothing more is on its way.
    stack.post(submission(last), last)
    heard: list[str] = []
    details = {}

    def everybody() -> list[str]:
        for event in stack.heard(announcements):
            heard.append(event["detail"]["student_id"])
            details[heard[-1]] = event["detail"]
        return heard

    eventually(everybody, lambda students: last in students)
    assert heard.count(student) == 1
    assert details[student]["score"] == 3
    assert details[student]["quiz_id"] == QUIZ
    assert not {"answers", "shares", "fingerprint"} & details[student].keys()


def test_a_scored_quiz_is_announced(stack: Stack, announcements: str) -> None:
    api = stack.api("student")
    quiz = api.call("POST", "/quiz/generate", {"quiz_type": "geography", "count": 3}).body
    scored = api.call("POST", "/quiz/submit", {"quiz_id": quiz["quiz_id"], "answers": {}}).body

    def heard() -> list[dict[str, Any]]:
        return [event for event in stack.heard(announcements) if event["detail-type"] == "QuizCompleted"]

    [event] = eventually(heard)
    assert event["source"] == "quiz.platform"
    assert event["detail"]["quiz_id"] == quiz["quiz_id"]
    assert event["detail"]["total"] == scored["total"]
    assert not {"answers", "results", "questions"} & event["detail"].keys()
