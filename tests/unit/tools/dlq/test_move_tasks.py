"""SQS moves messages back by itself, to a destination that is named; emulators that cannot are no error."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from tools.dlq.boxes import Box
from tools.dlq.move_tasks import Moved, move_all

BOX = Box("submissions", "https://sqs/dlq.fifo", "arn:dlq", "arn:source", "https://sqs/source.fifo")


class _Sqs:
    """Answers looks at the task one after the other."""

    def __init__(self, *looks: dict[str, Any], refuses: str = "") -> None:
        self._looks = list(looks)
        self._refuses = refuses
        self.cancelled = 0

    def start_message_move_task(self, *, SourceArn: str, DestinationArn: str) -> dict[str, str]:  # noqa: N803
        assert (SourceArn, DestinationArn) == ("arn:dlq", "arn:source")
        if self._refuses:
            raise ClientError({"Error": {"Code": self._refuses}}, "StartMessageMoveTask")
        return {"TaskHandle": "handle"}

    def list_message_move_tasks(self, *, SourceArn: str, MaxResults: int) -> dict[str, Any]:  # noqa: N803
        assert (SourceArn, MaxResults) == ("arn:dlq", 1)
        return {"Results": [self._looks.pop(0)]}

    def cancel_message_move_task(self, *, TaskHandle: str) -> None:  # noqa: N803
        assert TaskHandle == "handle"
        self.cancelled += 1


def _task(status: str, moved: int = 0, **more: Any) -> dict[str, Any]:
    return {"Status": status, "ApproximateNumberOfMessagesMoved": moved, **more}


def _move(sqs: _Sqs, stop: bool = False) -> tuple[Moved | None, list[int]]:
    told: list[int] = []
    return move_all(sqs, BOX, lambda: stop, told.append, sleep=lambda _: None), told


def test_it_is_followed_to_the_end() -> None:
    moved, told = _move(_Sqs(_task("RUNNING", 3), _task("RUNNING", 8), _task("COMPLETED", 10)))
    assert moved == Moved(10)
    assert told == [3, 8, 10]


def test_a_failure_tells_its_reason() -> None:
    moved, _ = _move(_Sqs(_task("FAILED", 3, FailureReason="CouldNotDetermineMessageSource")))
    assert moved == Moved(3, "CouldNotDetermineMessageSource")


def test_who_stops_it_cancels_it_once_and_hears_how_far_it_came() -> None:
    sqs = _Sqs(_task("RUNNING", 3), _task("CANCELLING", 4), _task("CANCELLED", 5))
    moved, _ = _move(sqs, stop=True)
    assert moved == Moved(5, "cancelled")
    assert sqs.cancelled == 1


@pytest.mark.parametrize("code", ["InvalidAction", "UnknownOperationException"])
def test_an_emulator_need_not_know_how(code: str) -> None:
    assert _move(_Sqs(refuses=code))[0] is None


def test_who_may_not_is_told_so() -> None:
    with pytest.raises(ClientError, match="AccessDenied"):
        _move(_Sqs(refuses="AccessDenied"))
