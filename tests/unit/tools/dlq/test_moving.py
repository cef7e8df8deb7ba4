"""Messages are sent in the order of each student, again where they were throttled, and known when sent twice."""

import time
from typing import Any

import pytest

from tests.unit.builders import body
from tests.unit.tools.dlq.builders import letter
from tools.dlq.letters import Letter
from tools.dlq.moving import Mover, Outgoing

FIFO = "https://sqs/quiz-test-submissions.fifo"


class _Queue:
    """Takes everything but what it is told to refuse: by the message's body, so many times, and whose fault it is."""

    def __init__(self, refusals: dict[str, tuple[int, bool]] | None = None) -> None:
        self._refusals = {name: [times, fault] for name, (times, fault) in (refusals or {}).items()}
        self.calls: list[list[str]] = []
        self.entries: list[dict[str, Any]] = []

    def send_message_batch(self, *, QueueUrl: str, Entries: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: N803
        assert QueueUrl
        self.calls.append([entry["MessageBody"] for entry in Entries])
        failed = [entry for entry in Entries if self._refuses(entry["MessageBody"])]
        taken = [entry for entry in Entries if entry not in failed]
        self.entries += taken
        return {
            "Successful": [{"Id": entry["Id"], "MessageId": f"new-{entry['MessageBody']}"} for entry in taken],
            "Failed": [
                {"Id": e["Id"], "Code": "Refused", "Message": "no", "SenderFault": self._refusals[e["MessageBody"]][1]}
                for e in failed
            ],
        }

    def _refuses(self, text: str) -> bool:
        if self._refusals.get(text, [0])[0] == 0:
            return False
        self._refusals[text][0] -= 1
        return True


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: None)


def _letters(*names: str) -> list[Letter]:
    """`a1` is the first of student a."""
    return [letter(name, name, name[0]) for name in names]


def test_many_students_are_one_call() -> None:
    queue = _Queue()
    mover = Mover(queue, FIFO)
    assert mover.settle(_letters("a1", "b1", "c1")) == {}
    assert queue.calls == [["a1", "b1", "c1"]]
    assert mover.made == {"new-a1", "new-b1", "new-c1"}


def test_those_of_one_student_are_never_in_the_same_call() -> None:
    queue = _Queue()
    Mover(queue, FIFO).settle(_letters("a1", "a2", "b1", "a3", "b2"))
    assert queue.calls == [["a1", "b1"], ["a2", "b2"], ["a3"]]


def test_a_standard_queue_gets_them_as_they_come_and_without_groups() -> None:
    queue = _Queue()
    Mover(queue, "https://sqs/quiz-test-triggers").settle(_letters("a1", "a2", "b1"))
    assert queue.calls == [["a1", "a2", "b1"]]
    assert not any("MessageGroupId" in entry for entry in queue.entries)


def test_what_was_throttled_is_sent_again_before_what_follows_it() -> None:
    queue = _Queue({"a1": (2, False)})
    assert Mover(queue, FIFO).settle(_letters("a1", "a2", "b1")) == {}
    assert queue.calls == [["a1", "b1"], ["a1"], ["a1"], ["a2"]]


def test_what_is_refused_stays_and_so_does_what_follows_it() -> None:
    queue = _Queue({"a1": (1, True)})
    assert Mover(queue, FIFO).settle(_letters("a1", "a2", "b1", "b2")) == {"a1": "no", "a2": "one before it stays"}
    assert queue.calls == [["a1", "b1"], ["b2"]]


def test_what_is_never_taken_is_given_up() -> None:
    queue = _Queue({"a1": (99, False)})
    assert Mover(queue, FIFO).settle(_letters("a1", "b1")) == {"a1": "not taken in 6 tries: no"}
    assert len(queue.calls) == 6


def test_large_messages_go_alone() -> None:
    queue = _Queue()
    Mover(queue, FIFO).settle([letter(name, name * 200_000, name) for name in "ab"])
    assert [len(call) for call in queue.calls] == [1, 1]


def test_the_same_letter_with_the_same_body_is_the_same_message() -> None:
    one = letter("m1")
    first, again, corrected, other = (
        Outgoing(given, text, "ann").deduplication_id
        for given, text in ((one, "a"), (one, "a"), (one, "b"), (letter("m2"), "a"))
    )
    assert first == again
    assert len({first, corrected, other}) == 3


def test_the_reason_stays_behind() -> None:
    given = letter(error_code="x", error_message="y", sender_id="z", source_message_id="m0", correlation_id="c")
    assert Outgoing(given, "", "").attributes.keys() == {"correlation_id"}


def test_a_corrected_student_has_a_group_of_their_own() -> None:
    queue = _Queue()
    letters = [letter("m1", body(student_id="ann"), "ann"), letter("m2", "no JSON", "bea")]
    staying = Mover(queue, FIFO, {"student_id": "anna"}).settle(letters)
    assert [entry["MessageGroupId"] for entry in queue.entries] == ["anna"]
    assert staying.keys() == {"m2"}
