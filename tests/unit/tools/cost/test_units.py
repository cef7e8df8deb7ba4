"""What AWS counts, by examples of its own documentation and by the edges."""

from typing import Any

import pytest

from tools.cost import units
from tools.cost.definitions import Index, Table, tables

TABLE = Table(("id",), {"id": "S", "group": "S", "rank": "N"}, {"by_rank": Index(("group", "rank"), ("name",))}, False)
BY_RANK = TABLE.indexes["by_rank"]


def _item(**changes: Any) -> dict[str, Any]:
    return {
        "id": {"S": "1"},
        "group": {"S": "g"},
        "rank": {"N": "5"},
        "name": {"S": "Ada"},
        "more": {"S": "x"},
    } | changes


@pytest.mark.parametrize(
    ("item", "size"),
    [
        ({}, 0),
        ({"a": {"S": "é"}}, 3),
        ({"abc": {"S": ""}}, 3),
        ({"a": {"N": "0"}}, 2),
        ({"a": {"N": "-12"}}, 4),
        ({"a": {"N": "123"}}, 4),
        ({"a": {"N": "1200"}}, 3),
        ({"a": {"BOOL": True}}, 2),
        ({"a": {"NULL": True}}, 2),
        ({"a": {"L": [{"S": "xy"}]}}, 7),
        ({"a": {"M": {"b": {"S": "xy"}}}}, 8),
        ({"a": {"SS": ["xy", "z"]}}, 4),
    ],
)
def test_an_item_has_the_bytes_of_its_names_and_values(item: dict[str, Any], size: int) -> None:
    assert units.item_bytes(item) == size


@pytest.mark.parametrize(("size", "cost"), [(0, 1), (1, 1), (1024, 1), (1025, 2), (3 * 1024, 3)])
def test_a_write_is_rounded_up_to_each_kilobyte(size: int, cost: int) -> None:
    assert units.write_units(size) == cost


@pytest.mark.parametrize(("size", "cost"), [(0, 1), (4096, 1), (4097, 2), (8192, 2), (8193, 3)])
def test_a_read_is_rounded_up_to_each_four_and_costs_half_where_it_may_be_late(size: int, cost: int) -> None:
    assert units.read_units(size, consistent=True) == cost
    assert units.read_units(size, consistent=False) == cost / 2


@pytest.mark.parametrize(("size", "cost"), [(0, 1), (65_536, 1), (65_537, 2)])
def test_a_payload_is_rounded_up_to_each_64_kilobytes(size: int, cost: int) -> None:
    assert units.requests(size) == cost


@pytest.mark.parametrize(
    ("before", "after", "cost"),
    [
        (None, _item(), 1),
        (_item(), None, 1),
        (_item(), _item(), 0),
        # What the index does not hold.
        (_item(), _item(more={"S": "y"}), 0),
        (_item(), _item(name={"S": "Grace"}), 1),
        # Another key: taken out here, put in there.
        (_item(), _item(rank={"N": "6"}), 2),
        (None, {"id": {"S": "1"}, "group": {"S": "g"}}, 0),
        (None, _item(name={"S": "x" * 1024}), 2),
    ],
)
def test_an_index_is_paid_for_what_changes_of_it(before: Any, after: Any, cost: int) -> None:
    assert units.index_units(before, after, TABLE, BY_RANK) == cost


def test_tables_and_indexes_are_read_from_the_configuration() -> None:
    known = tables()
    assert len(known) == 13
    assert known["submissions"].keys == ("student_id", "submission_id")
    assert known["submissions"].indexes["by_quiz"] == Index(
        ("quiz_id", "submitted_at"), ("score", "max_score", "percentage")
    )
    assert known["progress"].types["due"] == "N"
    assert [name for name, table in known.items() if table.has_stream] == [
        "participants",
        "progress",
        "results",
        "submissions",
    ]
    assert not known["announcements"].indexes
