"""The stream of progress is counted exactly once, however it is delivered."""

import json
import random
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.items import from_item
from adapters.practice_analytics import Analytics
from handlers.tables import progress
from tests.unit.analytics.support import AT, HOUR, answer, counts, forget, kept, record, row, run
from tests.unit.builders import Calls, refused

TOTAL = ("question#q1", "total")


def _batch(*numbers: int) -> list[dict[str, Any]]:
    return [record(i, last_correct=i % 2 == 0) for i in numbers]


def test_an_answer_is_counted_in_four_rows(table: Any) -> None:
    assert run([record(1)]) == []
    sums = {
        "answered": 1,
        "correct": 1,
        "sum_ability": Decimal("0.5"),
        "sum_ability_squared": Decimal("0.25"),
        "sum_ability_correct": Decimal("0.5"),
    }
    of_hour = {**sums, "expires_at": AT - AT % 3600 + 400 * 86_400}
    of_total = {**sums, "category": "science"}
    assert kept(table) == {
        (subject, hour): of_total if hour == "total" else of_hour
        for subject in ("question#q1", "category#science")
        for hour in ("total", HOUR)
    }


def test_a_mark_is_kept_for_two_days(table: Any) -> None:
    assert Analytics(table, "the-analytics", lambda: AT + 0.9).add([answer(1)]) == 1
    key = {"subject": {"S": "seen#event-1"}, "hour": {"S": "seen"}}
    found = from_item(table.get_item(TableName="the-analytics", Key=key)["Item"])
    assert found == {"subject": "seen#event-1", "hour": "seen", "expires_at": AT + 2 * 86_400}


def test_a_batch_is_written_in_as_few_transactions_as_it_takes(table: Any, calls: Calls) -> None:
    run(_batch(*range(100)))
    assert [len(call["TransactItems"]) for _, call in calls.made] == [100, 8]
    assert calls.names == ["TransactWriteItems"] * 2


@pytest.mark.parametrize(
    ("deliveries", "answers"),
    [
        ([[1], [1], [1]], 1),
        ([[1, 1, 2, 1]], 2),
        ([list(range(50)), list(range(50))], 50),
        ([list(range(50)), list(range(49, -1, -1))], 50),
        ([list(range(60)), list(range(30, 90))], 90),
        ([list(range(30, 90)), list(range(60)), list(range(0, 90, 7))], 90),
    ],
    ids=["single records", "within a batch", "whole", "reordered", "overlapping", "overlapping the other way"],
)
def test_what_comes_again_is_counted_once(table: Any, deliveries: list[list[int]], answers: int) -> None:
    for numbers in deliveries:
        assert run(_batch(*numbers)) == []
    right = len({i for numbers in deliveries for i in numbers if i % 2 == 0})
    assert set(counts(table).values()) == {(answers, right)}


@pytest.mark.long
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.integers(0, 12), min_size=1, max_size=15), max_size=5))
def test_any_deliveries_count_each_answer_once(table: Any, deliveries: list[list[int]]) -> None:
    # Each example by its own question, so that one table does for all.
    tag = random.Random(repr(deliveries)).getrandbits(64)
    for numbers in deliveries:
        told = [record(i, question_id=f"q{tag}") for i in numbers]
        assert run([{**each, "eventID": f"{tag}-{each['eventID']}"} for each in told]) == []
    forget(table)
    answers = len({i for numbers in deliveries for i in numbers})
    assert counts(table).get((f"question#q{tag}", "total"), (0, 0)) == (answers, answers)


@pytest.mark.long
def test_a_thousand_answers_to_one_question_add_up_exactly(table: Any) -> None:
    chance = random.Random(7)
    told = [(chance.random() < 0.6, Decimal(chance.randrange(10_001)) / 10_000) for _ in range(1000)]
    records = [record(i, last_correct=right, last_ability=ability) for i, (right, ability) in enumerate(told)]
    for start in range(0, 1000, 100):
        assert run(records[start : start + 100]) == []
        forget(table)
    found = kept(table)
    for key in (TOTAL, ("category#science", "total"), ("question#q1", HOUR)):
        assert found[key]["answered"] == 1000
        assert found[key]["correct"] == sum(right for right, _ in told)
        assert found[key]["sum_ability"] == sum(ability for _, ability in told)
        assert found[key]["sum_ability_squared"] == sum(ability**2 for _, ability in told)
        assert found[key]["sum_ability_correct"] == sum(ability for right, ability in told if right)


def test_categories_are_told_apart_in_any_script(table: Any) -> None:
    assert (
        run([record(1, category="Économie 経済 🧮"), record(2, category="Economie"), record(3, category="é" * 100)])
        == []
    )
    totals = {subject for subject, hour in counts(table) if hour == "total"}
    assert totals == {"question#q1", "category#Économie 経済 🧮", "category#Economie", "category#" + "é" * 100}


@pytest.mark.parametrize(
    "told",
    [
        record(1, row(attempts=3, seconds=30)),
        record(1, row(attempts=1)),
        record(1, row(attempts=4)),
        record(1, {}, attempts=5),
        record(1, {}, attempts=...),
        record(1, question_id="#summary"),
        {**record(1), "eventName": "REMOVE"},
    ],
    ids=["no attempt", "two attempts", "fewer", "restored", "none at all", "summary", "removed"],
)
def test_what_is_no_answer_is_not_counted(table: Any, calls: Calls, told: dict[str, Any]) -> None:
    assert run([told]) == []
    assert calls.made == []


@pytest.mark.parametrize("before", [{}, row(attempts=...)], ids=["new row", "row without attempts"])
def test_a_first_answer_is_counted(table: Any, before: dict[str, Any]) -> None:
    assert run([record(1, before, attempts=1)]) == []
    assert counts(table)[TOTAL] == (1, 1)


def _without(*names: str) -> dict[str, Any]:
    return {name: value for name, value in record(5).items() if name not in names}


@pytest.mark.parametrize(
    "broken",
    [
        record(5, category=...),
        record(5, category="a#b"),
        record(5, last_correct=...),
        record(5, last_correct="yes"),
        record(5, last_ability=...),
        record(5, last_ability=2),
        record(5, answered_at=...),
        record(5, answered_at="now"),
        record(5, attempts="three"),
        _without("eventID"),
        {**record(5), "dynamodb": {"SequenceNumber": "5", "Keys": record(5)["dynamodb"]["Keys"]}},
        {**record(5), "dynamodb": {"SequenceNumber": "5"}},
        {**record(5), "dynamodb": {**record(5)["dynamodb"], "NewImage": {"attempts": {"NS": ["1"]}}}},
    ],
)
def test_what_cannot_be_read_comes_again_and_holds_back_nothing(
    table: Any, capsys: pytest.CaptureFixture[str], broken: dict[str, Any]
) -> None:
    assert run(
        [record(9), broken, record(4), {**broken, "dynamodb": {**broken["dynamodb"], "SequenceNumber": "11"}}]
    ) == ["5"]
    assert counts(table)[TOTAL] == (2, 2)
    # WHEN the stream is read again from there THEN nothing is counted twice
    assert run([broken, record(9)]) == ["5"]
    assert counts(table)[TOTAL] == (2, 2)
    assert "an answer cannot be read" in capsys.readouterr().out


def _cancelled(*codes: str) -> Any:
    parsed = {
        "Error": {"Code": "TransactionCanceledException", "Message": "?"},
        "ResponseMetadata": {"HTTPStatusCode": 400},
        "CancellationReasons": [{"Code": code} for code in codes],
    }
    return SimpleNamespace(status_code=400), parsed


def _failing(answers: list[Any]) -> Any:
    """The transactions are answered in this order, the rest by the table; None is one that the table answers, too."""
    left = iter(answers)
    return lambda _: next(left, None)


@pytest.mark.parametrize(
    "failure",
    [
        [refused("ThrottlingException")],
        [refused("ProvisionedThroughputExceededException")],
        [refused("InternalServerError", 500)],
        [_cancelled("None", "TransactionConflict")] * 2,
        [_cancelled("ThrottlingError")] * 2,
    ],
    ids=["throttled", "provisioned", "their side", "conflict", "cancelled"],
)
def test_a_busy_table_midway_fails_the_rest_and_nothing_is_lost(
    table: Any,
    calls: Calls,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    failure: list[Any],
) -> None:
    # GIVEN records for three transactions, of which the second fails for longer than anybody tries
    monkeypatch.setattr(progress, "MOST_WRITES", 20)
    records = [record(i, question_id=f"q{i}") for i in range(14)]
    calls.answers["TransactWriteItems"] = _failing([None, *failure])
    # THEN the stream is read again from the second on, and the third was not tried
    assert run(records) == ["6"]
    assert counts(table)["category#science", "total"] == (6, 6)
    assert "the analytics table is busy" in capsys.readouterr().out
    # WHEN it is, the batch begins earlier than it has to
    assert run(records[2:]) == []
    assert counts(table)["category#science", "total"] == (14, 14)
    assert set(counts(table).values()) == {(1, 1), (14, 14)}


def test_a_conflict_that_passes_is_tried_again_at_once(table: Any, calls: Calls) -> None:
    calls.answers["TransactWriteItems"] = _failing([_cancelled("None", "TransactionConflict")])
    assert run([record(1)]) == []
    assert counts(table)[TOTAL] == (1, 1)


def test_a_mark_beside_a_conflict_leaves_out_the_answer_alone(table: Any, calls: Calls) -> None:
    run([record(1)])
    calls.answers["TransactWriteItems"] = _failing(
        [_cancelled("ConditionalCheckFailed", "None", "TransactionConflict")]
    )
    assert run([record(1), record(2)]) == []
    assert counts(table)[TOTAL] == (2, 2)


def test_an_answer_lost_on_its_way_back_is_not_counted_again(table: Any, calls: Calls) -> None:
    # GIVEN a transaction that is written although its answer is not heard
    def write(call: dict[str, Any]) -> Any:
        table.transact_write_items(TransactItems=call["TransactItems"])
        return refused("InternalServerError", 500)

    calls.answers["TransactWriteItems"] = write
    assert run([record(1), record(2)]) == ["1"]
    assert counts(table)[TOTAL] == (2, 2)
    # WHEN the records come again, with another one
    del calls.answers["TransactWriteItems"]
    assert run([record(1), record(2), record(3)]) == []
    assert counts(table)[TOTAL] == (3, 3)


def test_a_missing_right_is_not_taken_for_a_busy_table(table: Any, calls: Calls) -> None:
    calls.answers["TransactWriteItems"] = lambda _: refused("AccessDeniedException")
    with pytest.raises(ClientError):
        run([record(1)])


def test_what_is_out_of_time_waits_for_the_next_delivery(table: Any, calls: Calls) -> None:
    assert run([record(8), record(7)], remaining_ms=4_000) == ["7"]
    assert calls.made == []


def test_answers_and_repetitions_are_counted_as_metrics(table: Any, capsys: pytest.CaptureFixture[str]) -> None:
    run(_batch(1, 2, 3))
    run(_batch(2, 3, 4))
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if '"_aws"' in line]
    assert [line["AnswersCounted"] for line in lines] == [[3], [1]]
    assert [line.get("AnswersRepeated") for line in lines] == [None, [2]]
