"""Each stored result is announced once on the event bus, without the answers."""

import json
from collections.abc import Iterator

import pytest

from tests.stack.support import QUIZ, Stack, eventually, new_id, submission


@pytest.fixture
def announcements(stack: Stack) -> Iterator[str]:
    """A queue that hears what is announced."""
    name, events = new_id("listener"), stack.client("events")
    bus = stack.known["event_bus_name"]
    with stack.queue(name) as (url, arn):
        pattern = {"source": ["quiz.platform"], "detail-type": ["SubmissionScored"]}
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
