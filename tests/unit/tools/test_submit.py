"""Posting a file: as many messages a call as SQS takes, tried again where it did not, going on where it stopped."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.builders import body
from tools.submit.ledger import Ledger
from tools.submit.messages import MOST_BYTES, MOST_MESSAGES, Message, batches, read
from tools.submit.post import PostFailed, post


def _messages(*sizes: int) -> list[Message]:
    return [Message("x" * size, "student", line) for line, size in enumerate(sizes, start=1)]


@given(st.lists(st.integers(1, MOST_BYTES), max_size=60))
def test_batches_hold_everything_in_order_and_never_too_much(sizes: list[int]) -> None:
    messages = _messages(*sizes)
    cut = list(batches(messages))
    assert [message for batch in cut for message in batch] == messages
    for batch in cut:
        assert 1 <= len(batch) <= MOST_MESSAGES
        assert sum(len(message.body) for message in batch) <= MOST_BYTES


def test_small_messages_go_ten_a_call() -> None:
    assert [len(batch) for batch in batches(_messages(*[100] * 25))] == [10, 10, 5]


class _Queue:
    """Answers each call with the failures it was given, then with none."""

    def __init__(self, *failures: list[dict[str, Any]]) -> None:
        self._failures = list(failures)
        self.calls: list[list[str]] = []

    def send_message_batch(self, *, QueueUrl: str, Entries: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: N803
        assert QueueUrl == "queue"
        self.calls.append([entry["MessageBody"] for entry in Entries])
        return {"Failed": self._failures.pop(0)} if self._failures else {}


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: None)


def _post(queue: Any, *bodies: str) -> list[list[Message]]:
    return list(post(queue, "queue", [Message(text, "student", line) for line, text in enumerate(bodies, start=1)]))


def test_only_what_the_queue_did_not_take_is_sent_again() -> None:
    throttled = [{"Id": "1", "SenderFault": False, "Code": "Throttled"}]
    queue = _Queue(throttled, [{**throttled[0], "Id": "0"}])
    assert len(_post(queue, "a", "b", "c")) == 1
    assert queue.calls == [["a", "b", "c"], ["b"], ["b"]]


def test_a_fault_of_ours_is_not_tried_again() -> None:
    queue = _Queue([{"Id": "1", "SenderFault": True, "Code": "InvalidMessageContents", "Message": "bad characters"}])
    with pytest.raises(PostFailed, match="line 2: bad characters"):
        _post(queue, "a", "b")
    assert len(queue.calls) == 1


def test_a_queue_that_never_takes_it_is_given_up() -> None:
    with pytest.raises(PostFailed, match=r"line 1: .* 6 tries"):
        _post(_Queue(*[[{"Id": "0", "SenderFault": False, "Code": "Throttled"}]] * 10), "a")


def test_equal_bodies_have_equal_deduplication_ids() -> None:
    one, same, other = (Message(text, "g", line) for line, text in enumerate(("a", "a", "b")))
    assert one.deduplication_id == same.deduplication_id != other.deduplication_id


def test_lines_are_checked_before_they_are_posted(tmp_path: Path) -> None:
    file = tmp_path / "class.jsonl"
    file.write_text(f"{body()}\n\n{{\n{json.dumps({'schema_version': 7})}\n")
    messages, refused = read(file)
    assert [message.line for message in messages] == [1]
    assert [(line, reason.partition(":")[0]) for line, reason in refused] == [
        (3, "malformed_json"),
        (4, "unsupported_version"),
    ]


def test_the_ledger_remembers_a_line_of_this_file_and_queue_alone(tmp_path: Path) -> None:
    file = tmp_path / "class.jsonl"
    file.write_text("a\nb\n")
    Ledger(file, "queue").confirm(2)
    assert Ledger(file, "queue").last_line() == 2
    assert Ledger(file, "another").last_line() == 0
    file.write_text("a\nb\nc\n")
    assert Ledger(file, "queue").last_line() == 0


def test_a_ledger_that_cannot_be_read_starts_anew(tmp_path: Path) -> None:
    file = tmp_path / "class.jsonl"
    file.write_text("a\n")
    ledger = Ledger(file, "queue")
    ledger.path.write_text("half a")
    assert ledger.last_line() == 0
