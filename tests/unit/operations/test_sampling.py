"""Samples: the same chance for every item, and bounded reads whatever a table holds."""

import hashlib
import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.items import to_item
from adapters.operations.sampling import Sampling
from quiz.errors import Unavailable
from tests.unit.builders import refused

PAGE_BYTES = 100_000
Item = Mapping[str, Any]


class Table:
    """Parallel scans as DynamoDB makes them: by the hash of the first key, in pages. Smaller ones, for the test."""

    def __init__(self, items: Iterable[tuple[str, int]], page: int = PAGE_BYTES) -> None:
        """Items by their hash key, with so many bytes each."""
        self._items: list[tuple[float, dict[str, Any]]] = [
            (self._place(key), {"id": key, "number": number, "pad": "x" * size})
            for number, (key, size) in enumerate(items)
        ]
        self._items.sort(key=lambda one: (one[0], one[1]["number"]))
        self._page = page
        self.reads: list[int] = []

    @staticmethod
    def _place(key: str) -> float:
        return int.from_bytes(hashlib.sha1(key.encode()).digest()[:6]) / 2**48

    def scan(self, TableName: str, Segment: int, TotalSegments: int, ExclusiveStartKey: Any = None) -> Any:  # noqa: N803
        after = ExclusiveStartKey["number"] if ExclusiveStartKey else None
        segment = [item for place, item in self._items if int(place * TotalSegments) == Segment]
        if after is not None:
            numbers = [item["number"] for item in segment]
            segment = segment[numbers.index(after) + 1 :]
        taken, size = [], 0
        for item in segment:
            taken.append(item)
            size += len(item["pad"])
            if size >= self._page:
                break
        self.reads.append(size)
        more = {"LastEvaluatedKey": {"number": taken[-1]["number"]}} if len(taken) < len(segment) else {}
        return {"Items": [to_item(item) for item in taken], **more}


def always() -> bool:
    return True


def draw(table: Table, wanted: int = 50, seed: int | None = None, in_time: Callable[[], bool] = always) -> list[str]:
    client: Any = table
    sample = Sampling(client, wanted, random.Random(seed)).draw("the-table", in_time)
    return [item["number"]["N"] for item in sample]


@pytest.mark.parametrize("number", [0, 1, 3, 19, 40])
def test_a_small_table_is_read_as_a_whole(number: int) -> None:
    table = Table((f"id-{i}", 10) for i in range(number))
    for seed in range(20):
        assert sorted(map(int, draw(table, seed=seed))) == list(range(number))


@pytest.mark.long
def test_every_item_has_the_same_chance() -> None:
    # GIVEN a table whose hash keys have between one and nine items
    keys = [f"student-{i}" for i in range(400) for _ in range(1 + i % 9)]
    table = Table((key, 10) for key in keys)
    draws = 800
    drawn = Counter(number for seed in range(draws) for number in draw(table, seed=seed))
    # THEN all are drawn, and as often, whatever lies beside them; items of one key come together
    assert len(drawn) == len(keys)
    mean = sum(drawn.values()) / len(keys)
    spread = (sum((count - mean) ** 2 for count in drawn.values()) / len(keys)) ** 0.5
    assert spread < 1.3 * mean**0.5
    alone, crowded = (
        [drawn[str(number)] for number, key in enumerate(keys) if keys.count(key) == crowd] for crowd in (1, 9)
    )
    assert abs(sum(alone) / len(alone) - sum(crowded) / len(crowded)) < 0.15 * mean


@settings(max_examples=30)
@given(st.integers(0, 2_000), st.integers(1, 5_000), st.integers(0, 2**32))
def test_samples_have_about_the_size_that_is_wanted_and_cost_no_more(number: int, size: int, seed: int) -> None:
    table = Table(((f"id-{i}", size) for i in range(number)), page=1_000_000)
    drawn = draw(table, seed=seed)
    assert len(drawn) <= max(number if number < 100 else 0, 4 * 50)
    # A megabyte to judge by, and four of the sample itself.
    assert sum(table.reads) <= 5_100_000
    assert len(table.reads) <= 16


def test_over_many_draws_the_size_is_right() -> None:
    table = Table((f"id-{i}", 10) for i in range(5_000))
    sizes = [len(draw(table, 200, seed)) for seed in range(60)]
    assert 120 < sum(sizes) / len(sizes) < 260


def test_large_items_make_a_smaller_sample() -> None:
    table = Table(((f"id-{i}", 40_000) for i in range(2_000)), page=1_000_000)
    sizes = [len(draw(table, 1_000, seed)) for seed in range(20)]
    assert max(sizes) <= 4 * 26
    assert min(sizes) >= 1


def test_a_key_with_too_many_items_is_cut_off_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    table = Table([("everybody", 10_000) for _ in range(300)])
    assert 0 < len(draw(table, 50, seed=1)) <= 4 * 11
    assert "cut off" in capsys.readouterr().out


def test_a_drifted_item_is_found_sooner_or_later() -> None:
    table = Table((f"id-{i}", 10) for i in range(1_000))
    assert any("777" in draw(table, 50, seed) for seed in range(200))


def test_without_time_nothing_is_read() -> None:
    table = Table([("id", 10)])
    with pytest.raises(Unavailable):
        draw(table, in_time=lambda: False)
    assert table.reads == []


def test_a_busy_table_is_unavailable(dynamodb: Any, calls: Any) -> None:
    calls.answers["Scan"] = lambda _: refused("ProvisionedThroughputExceededException")
    with pytest.raises(Unavailable):
        Sampling(dynamodb, 10, random.Random(1)).draw("the-table", always)
