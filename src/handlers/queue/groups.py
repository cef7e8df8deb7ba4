"""Run the records of one FIFO batch: message groups side by side, the records of a group in their order.

Powertools' FIFO processor runs groups one after the other; a batch of ten students would wait for ten writes in a row.
"""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from adapters.correlation import about, apart, of_record
from adapters.observability import count, logger

Record = Mapping[str, Any]
Outcome = TypeVar("Outcome")

_MOST_RECORDS = 10


class Groups:
    """Keeps its threads for the life of the environment."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=_MOST_RECORDS, thread_name_prefix="group")

    def run(
        self, records: Iterable[Record], work: Callable[[Record], Outcome], in_time: Callable[[], bool]
    ) -> dict[str, Outcome | None]:
        """The outcome by message id, None where the record has to be delivered again.

        The first failure of a group holds back the rest of that group and nothing else. A group also stops when
        `in_time` says so: being cut off by the function's timeout would fail the whole batch.
        """
        by_group: dict[str, list[Record]] = {}
        for record in records:
            by_group.setdefault(record["attributes"]["MessageGroupId"], []).append(record)
        runs = self._pool.map(apart(partial(_run_group, work=work, in_time=in_time)), by_group.values())
        return {message_id: outcome for run in runs for message_id, outcome in run.items()}


def _run_group(
    group: list[Record], work: Callable[[Record], Outcome], in_time: Callable[[], bool]
) -> dict[str, Outcome | None]:
    outcomes: dict[str, Outcome | None] = {record["messageId"]: None for record in group}
    for record in group:
        if not in_time():
            logger().warning("out of time; the rest of the group waits for the next delivery")
            break
        if not apart(_run)(record, work, outcomes):
            break
    return outcomes


def _run(record: Record, work: Callable[[Record], Outcome], outcomes: dict[str, Outcome | None]) -> bool:
    """Whether the record need not come again."""
    about(correlation_id=of_record(record), message_id=record["messageId"])
    try:
        outcomes[record["messageId"]] = work(record)
    except Exception:  # noqa: BLE001
        # Whatever it was, this record was not stored: the queue delivers it again, and in the end sets it aside.
        logger().exception("a record failed")
        count("SubmissionsFailed")
        return False
    return True
