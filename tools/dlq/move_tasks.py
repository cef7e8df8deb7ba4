"""Let SQS itself move everything back, which it does faster than anybody else; emulators may not know how."""

import time
from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError
from msgspec import Struct

from tools.dlq.boxes import Box
from tools.dlq.sweeping import Stop

_SECONDS_BETWEEN_LOOKS = 1
_ACTIVE = {"RUNNING", "CANCELLING"}
_NOT_OFFERED = {"InvalidAction", "NotImplemented", "UnknownOperation", "UnknownOperationException"}


class Moved(Struct, frozen=True):
    """How far SQS came. `reason` is empty if it came to the end."""

    done: int
    reason: str = ""


def move_all(
    client: Any, box: Box, stop: Stop, tell: Callable[[int], None], sleep: Callable[[float], None] = time.sleep
) -> Moved | None:
    """Move everything to where it came from; None where SQS cannot do that itself.

    The destination is named, because SQS does not know it of what a function has put into the box.
    """
    try:
        handle = client.start_message_move_task(SourceArn=box.arn, DestinationArn=box.source_arn)["TaskHandle"]
    except ClientError as error:
        if error.response["Error"]["Code"] in _NOT_OFFERED:
            return None
        raise
    task: Any = {"Status": "RUNNING"}
    stopping = False
    while task["Status"] in _ACTIVE:
        if stop() and not stopping:
            client.cancel_message_move_task(TaskHandle=handle)
            stopping = True
        sleep(_SECONDS_BETWEEN_LOOKS)
        [task] = client.list_message_move_tasks(SourceArn=box.arn, MaxResults=1)["Results"]
        tell(task.get("ApproximateNumberOfMessagesMoved", 0))
    done = task.get("ApproximateNumberOfMessagesMoved", 0)
    return Moved(done, "" if task["Status"] == "COMPLETED" else task.get("FailureReason") or task["Status"].lower())
