"""Whatever SQS hands out twice comes once, and whatever is held in the end is released."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from tools.dlq.boxes import Box, reading

BOX = Box(name="control", url="https://sqs/control", arn="arn:aws:sqs:eu-central-1:123456789012:control")


class _Queue:
    """Hands out what it is told to, call by call."""

    def __init__(self, *handed_out: str, fails: bool = False) -> None:
        self._handed_out = [names.split() for names in handed_out]
        self._fails = fails
        self._receipts = 0
        self.deleted: list[str] = []
        self.released: list[str] = []

    def receive_message(self, **_: Any) -> dict[str, Any]:
        names = self._handed_out.pop(0) if self._handed_out else []
        self._receipts += 1
        return {"Messages": [self._message(name) for name in names]} if names else {}

    def delete_message_batch(self, *, QueueUrl: str, Entries: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: N803
        assert QueueUrl == BOX.url
        self.deleted += [entry["ReceiptHandle"] for entry in Entries]
        failed = [{"Id": entry["Id"]} for entry in Entries if entry["ReceiptHandle"].startswith("stuck")]
        return {"Failed": failed}

    def change_message_visibility_batch(self, *, QueueUrl: str, Entries: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: N803
        assert QueueUrl == BOX.url
        if self._fails:
            raise ClientError({"Error": {"Code": "AccessDenied"}}, "ChangeMessageVisibilityBatch")
        assert {entry["VisibilityTimeout"] for entry in Entries} == {0}
        self.released += [entry["ReceiptHandle"] for entry in Entries]
        return {}

    def _message(self, name: str) -> dict[str, Any]:
        return {
            "MessageId": name,
            "ReceiptHandle": f"{name}/{self._receipts}",
            "Body": "{}",
            "Attributes": {"SentTimestamp": "0"},
        }


def _read(queue: _Queue, delete: str = "") -> list[list[str]]:
    bundles = []
    with reading(queue, BOX) as letters:
        for bundle in letters:
            bundles.append([letter.message_id for letter in bundle])
            letters.delete([letter for letter in bundle if letter.message_id in delete.split()])
    return bundles


def test_everything_is_released_by_its_latest_receipt() -> None:
    queue = _Queue("a b", "a c", "a")
    assert _read(queue) == [["a", "b"], ["c"]]
    assert sorted(queue.released) == ["a/3", "b/1", "c/2"]


def test_what_is_deleted_is_not_released() -> None:
    queue = _Queue("a b")
    _read(queue, delete="a")
    assert (queue.deleted, queue.released) == (["a/1"], ["b/1"])


def test_what_comes_again_after_it_was_deleted_is_deleted_again() -> None:
    queue = _Queue("a", "a b", "a")
    assert _read(queue, delete="a") == [["a"], ["b"]]
    assert queue.deleted == ["a/1", "a/2", "a/3"]


def test_what_sqs_would_not_delete_is_told_and_released() -> None:
    queue = _Queue("stuck a")
    with reading(queue, BOX) as letters:
        [bundle] = letters
        assert letters.delete(bundle) == {"stuck"}
    assert queue.released == ["stuck/1"]


def test_a_box_that_hands_out_the_same_for_ever_ends() -> None:
    assert _read(_Queue(*["a"] * 1_000)) == [["a"]]


def test_who_cannot_release_is_none_the_worse() -> None:
    assert _read(_Queue("a", fails=True)) == [["a"]]


def test_a_failure_releases_what_is_held() -> None:
    queue = _Queue("a b")

    def interrupted() -> None:
        with reading(queue, BOX) as letters:
            next(iter(letters))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert sorted(queue.released) == ["a/1", "b/1"]
