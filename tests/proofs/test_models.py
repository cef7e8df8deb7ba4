"""The models keep AWS's rules; a proof on a wrong model would be worth nothing."""

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from tests.proofs.database_model import Database, DatabaseClient, Unmodelled
from tests.proofs.faults import Fault, FaultPlan, Killed, Network
from tests.proofs.fifo_model import Clock, FifoQueue

NOBODY: frozenset[str] = frozenset()


def queues() -> tuple[Clock, FifoQueue, FifoQueue]:
    clock = Clock()
    dead = FifoQueue(clock)
    return clock, FifoQueue(clock, max_receives=2, dead_letters=dead), dead


def fill(queue: FifoQueue, *groups: str) -> list[str]:
    return [queue.send(group, f"{group}{number}", "body")[0].message_id for number, group in enumerate(groups)]


def test_a_repeated_id_is_swallowed_for_five_minutes_even_after_the_message_was_deleted() -> None:
    clock, queue, _ = queues()
    first, _ = queue.send("a", "same", "body")
    queue.settle(queue.receive(), NOBODY)
    clock.advance(299.9)
    assert queue.send("a", "same", "body") == (first, False)
    clock.advance(0.1)
    assert queue.send("a", "same", "body")[1]


def test_a_batch_holds_ten_messages_of_several_groups_in_order() -> None:
    _, queue, _ = queues()
    ids = fill(queue, *"aabbccaabbcc")
    assert queue.receive(limit=99, rotate=1, mixed=True).ids() == [ids[n] for n in (2, 4, 0, 3, 5, 1, 8, 10, 6, 9)]
    assert FifoQueue(Clock()).receive().ids() == []


def test_a_message_in_flight_blocks_its_group_until_its_visibility_timeout() -> None:
    clock, queue, _ = queues()
    first, second, other = fill(queue, "a", "a", "b")
    queue.receive(limit=1)
    assert queue.receive().ids() == [other]
    clock.advance(60)
    again = queue.receive(limit=2)
    assert [(m.message_id, m.receives) for m in again.messages] == [(first, 2), (second, 1)]


def test_what_failed_stays_and_an_expired_receipt_deletes_nothing() -> None:
    clock, queue, _ = queues()
    _, second = fill(queue, "a", "a")
    queue.settle(queue.receive(), frozenset([second]))
    assert [m.message_id for m in queue.messages] == [second]
    clock.advance(60)
    late = queue.receive()
    clock.advance(60)
    queue.settle(late, NOBODY)
    assert [m.message_id for m in queue.messages] == [second]


def test_too_many_receives_move_a_message_with_its_id_for_deduplication() -> None:
    clock, queue, dead = queues()
    first, second = fill(queue, "a", "a")
    for _ in range(2):
        assert queue.receive(limit=1).ids() == [first]
        clock.advance(60)
    assert queue.receive().ids() == [second]
    [letter] = dead.messages
    assert (letter.deduplication_id, letter.source, letter.sent_at) == (first, first, clock.now)


def test_a_redrive_gives_new_ids_and_times_behind_live_traffic() -> None:
    clock, queue, dead = queues()
    letter, _ = dead.send("a", "x", "letter")
    clock.advance(1000)
    [live] = fill(queue, "a")
    dead.move_back(1, queue)
    assert dead.messages == []
    [_, moved] = queue.receive().messages
    assert (moved.body, moved.source, moved.receives, moved.sent_at) == ("letter", letter.message_id, 1, clock.now)
    assert moved.message_id not in (live, letter.message_id)


ITEM = {"student_id": {"S": "ada"}, "submission_id": {"S": "s1"}, "answers": {"S": "first"}}
OTHER = ITEM | {"answers": {"S": "second"}}
NOT_THERE = "attribute_not_exists(submission_id)"


def database() -> tuple[Database, DatabaseClient, Network, list[bool]]:
    overwrites: list[bool] = []
    tables, network = Database(lambda _cause, _item, overwrote: overwrites.append(overwrote)), Network()
    return tables, DatabaseClient(tables, network), network, overwrites


def test_only_a_condition_keeps_an_item_from_being_overwritten() -> None:
    tables, client, _, overwrites = database()
    client.put_item(TableName="submissions", Item=ITEM, ConditionExpression=NOT_THERE)
    with pytest.raises(ClientError) as refused:
        client.put_item(
            TableName="submissions",
            Item=OTHER,
            ConditionExpression=NOT_THERE,
            ReturnValuesOnConditionCheckFailure="ALL_OLD",
        )
    assert refused.value.response["Item"] == ITEM  # type: ignore[typeddict-item]
    client.put_item(TableName="submissions", Item=OTHER, ConditionExpression="attribute_not_exists(absent)")
    client.put_item(TableName="submissions", Item=OTHER)
    assert (tables.items("submissions"), overwrites) == ([OTHER], [False, True, True])


def test_a_condition_that_the_model_does_not_know_is_never_guessed() -> None:
    _, client, _, _ = database()
    with pytest.raises(Unmodelled):
        client.put_item(TableName="submissions", Item=ITEM, ConditionExpression="fingerprint = :f")


@pytest.mark.parametrize(
    ("fault", "error", "written"),
    [
        (Fault.THROTTLED, ClientError, 0),
        (Fault.DENIED, ClientError, 0),
        (Fault.KILLED_BEFORE, Killed, 0),
        (Fault.TIMED_OUT, ReadTimeoutError, 1),
        (Fault.FAILED_AFTER, ClientError, 1),
        (Fault.KILLED_AFTER, Killed, 1),
        (Fault.REPEATED, ClientError, 1),
    ],
)
def test_a_fault_strikes_before_or_after_the_write(fault: Fault, error: type[BaseException], written: int) -> None:
    tables, client, network, _ = database()
    network.plan = FaultPlan({0: fault})
    with pytest.raises(error):
        client.put_item(TableName="submissions", Item=ITEM, ConditionExpression=NOT_THERE)
    assert len(tables.items("submissions")) == written
