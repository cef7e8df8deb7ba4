"""Message groups side by side, the records of a group in order."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Barrier, Lock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.queue.groups import Groups, Record
from tests.unit.builders import sqs_record


def _records(plan: str) -> list[Record]:
    """`a1 b1 a2` are three records: the letter is the group, the whole word the message id."""
    return [sqs_record("", message_id=word, group=word[0]) for word in plan.split()]


def _always() -> bool:
    return True


def _fail_on(*bad: str) -> Callable[[Record], str]:
    def work(record: Record) -> str:
        if record["messageId"] in bad:
            raise ValueError(record["messageId"])
        return "done"

    return work


def test_the_records_of_a_group_run_in_their_order() -> None:
    seen: list[str] = []
    Groups().run(_records("a1 a2 a3 a4 a5"), lambda record: seen.append(record["messageId"]), _always)
    assert seen == ["a1", "a2", "a3", "a4", "a5"]


def test_order_holds_within_each_group_of_a_mixed_batch() -> None:
    seen: list[str] = []
    lock = Lock()

    def work(record: Record) -> None:
        with lock:
            seen.append(record["messageId"])

    Groups().run(_records("a1 b1 a2 c1 b2 a3"), work, _always)
    assert {group: [m for m in seen if m[0] == group] for group in "abc"} == {
        "a": ["a1", "a2", "a3"],
        "b": ["b1", "b2"],
        "c": ["c1"],
    }


def test_ten_groups_run_side_by_side() -> None:
    # GIVEN work that no record can finish before all ten have begun
    together = Barrier(10)
    outcomes = Groups().run(
        _records("a1 b1 c1 d1 e1 f1 g1 h1 i1 j1"), lambda _: together.wait(timeout=10) >= 0, _always
    )
    assert list(outcomes.values()) == [True] * 10


def test_nobody_is_woken_while_nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN helpers who do not come before the work is done
    called: list[Future[None]] = []

    def call(_: object) -> Future[None]:
        called.append(Future())
        return called[-1]

    groups = Groups()
    monkeypatch.setattr(groups._pool, "submit", call)
    outcomes = groups.run(_records("a1 b1 c1 d1 a2"), _fail_on(), _always)
    assert list(outcomes) == ["a1", "b1", "c1", "d1", "a2"]
    assert set(outcomes.values()) == {"done"}
    assert [helper.cancelled() for helper in called] == [True]


def test_one_group_needs_no_help(monkeypatch: pytest.MonkeyPatch) -> None:
    groups = Groups()
    monkeypatch.setattr(groups._pool, "submit", None)
    assert groups.run(_records("a1 a2"), _fail_on(), _always) == {"a1": "done", "a2": "done"}


@pytest.mark.parametrize(
    ("bad", "again"),
    [
        (["a1"], ["a1", "a2", "a3"]),
        (["a2"], ["a2", "a3"]),
        (["a3"], ["a3"]),
        (["a2", "b1"], ["a2", "a3", "b1", "b2"]),
        ([], []),
    ],
)
def test_a_failure_holds_back_the_rest_of_its_group_and_nothing_else(bad: list[str], again: list[str]) -> None:
    outcomes = Groups().run(_records("a1 b1 a2 b2 a3 c1"), _fail_on(*bad), _always)
    assert sorted(message for message, outcome in outcomes.items() if outcome is None) == again
    assert sorted(outcomes) == ["a1", "a2", "a3", "b1", "b2", "c1"]


def test_work_is_not_begun_behind_a_failure() -> None:
    seen: list[str] = []

    def work(record: Record) -> None:
        seen.append(record["messageId"])
        raise ValueError

    Groups().run(_records("a1 a2 a3"), work, _always)
    assert seen == ["a1"]


def test_out_of_time_the_rest_waits_for_the_next_delivery() -> None:
    answers = iter([True, True, False])
    outcomes = Groups().run(_records("a1 a2 a3 a4"), _fail_on(), lambda: next(answers))
    assert outcomes == {"a1": "done", "a2": "done", "a3": None, "a4": None}


def test_without_time_nothing_is_begun() -> None:
    outcomes = Groups().run(_records("a1 b1"), _fail_on("a1", "b1"), lambda: False)
    assert outcomes == {"a1": None, "b1": None}


def test_an_empty_batch_has_no_outcome() -> None:
    assert Groups().run([], _fail_on(), _always) == {}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=10))
def test_every_message_id_appears_and_nothing_is_done_behind_a_failure(batch: list[tuple[str, bool]]) -> None:
    words = [f"{group}{i}" for i, (group, _) in enumerate(batch)]
    bad = [word for word, (_, fails) in zip(words, batch, strict=True) if fails]
    outcomes = Groups().run(_records(" ".join(words)), _fail_on(*bad), _always)
    assert set(outcomes) == set(words)
    for word in words:
        before = [other for other in words[: words.index(word) + 1] if other[0] == word[0]]
        assert (outcomes[word] is None) == any(other in bad for other in before)
