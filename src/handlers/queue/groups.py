"""Run the records of one FIFO batch: message groups side by side, the records of a group in their order.

Powertools' FIFO processor runs groups one after the other; a batch of ten students would wait for ten writes in a row.
"""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Generic, TypeVar

from adapters.correlation import about, apart, of_record
from adapters.observability import count, logger

Record = Mapping[str, Any]
Outcome = TypeVar("Outcome")

# The thread that was called works, too.
_MOST_HELPERS = 9


class Groups:
    """Keeps its threads for the life of the environment."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=_MOST_HELPERS, thread_name_prefix="group")

    def run(
        self, records: Sequence[Record], work: Callable[[Record], Outcome], in_time: Callable[[], bool]
    ) -> dict[str, Outcome | None]:
        """The outcome by message id, None where the record has to be delivered again.

        The first failure of a group holds back the rest of that group and nothing else. A group also stops when
        `in_time` says so: being cut off by the function's timeout would fail the whole batch.
        """
        return _Batch(self._pool, records, work, in_time).worked_off()


class _Batch(Generic[Outcome]):
    """Groups that wait, and those who work them off.

    Whoever takes a group calls for one more, who begins once somebody waits for the database. While nobody does, waking
    others up would cost more than the work.
    """

    def __init__(
        self,
        pool: ThreadPoolExecutor,
        records: Sequence[Record],
        work: Callable[[Record], Outcome],
        in_time: Callable[[], bool],
    ) -> None:
        by_group: dict[str, list[Record]] = {}
        for record in records:
            by_group.setdefault(record["attributes"]["MessageGroupId"], []).append(record)
        self._waiting = deque(by_group.values())
        self._outcomes: dict[str, Outcome | None] = {record["messageId"]: None for record in records}
        self._pool, self._work, self._in_time = pool, work, in_time
        # Helpers know nothing of the invocation by themselves.
        self._try, self._give_up = apart(self._run), apart(_out_of_time)
        self._helpers: list[Future[None]] = []
        self._called = False

    def worked_off(self) -> dict[str, Outcome | None]:
        """The outcomes, once nobody works any more."""
        self._take_groups()
        while self._helpers:
            helper = self._helpers.pop()
            # Whoever has not begun by now would find nothing.
            if not helper.cancel():
                helper.result()
        return self._outcomes

    def _help(self) -> None:
        self._called = False
        self._take_groups()

    def _take_groups(self) -> None:
        while self._waiting:
            try:
                group = self._waiting.popleft()
            except IndexError:
                # Another was quicker.
                return
            if self._waiting and not self._called:
                self._called = True
                self._helpers.append(self._pool.submit(self._help))
            self._run_group(group)

    def _run_group(self, group: list[Record]) -> None:
        for record in group:
            if not self._in_time():
                self._give_up()
                break
            if not self._try(record):
                break

    def _run(self, record: Record) -> bool:
        """Whether the record need not come again."""
        about(correlation_id=of_record(record), message_id=record["messageId"])
        try:
            self._outcomes[record["messageId"]] = self._work(record)
        except Exception:  # noqa: BLE001
            # Whatever it was, this record was not stored: the queue delivers it again, and in the end sets it aside.
            logger().exception("a record failed")
            count("SubmissionsFailed")
            return False
        return True


def _out_of_time() -> None:
    logger().warning("out of time; the rest of the group waits for the next delivery")
