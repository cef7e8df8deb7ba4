from tools.bench.curves import growth

TABLE = growth.Table("things", (10, 100, 1_000))
COSTS = {10: 2.0, 100: 1.0, 1_000: 3.0}


def test_growth_is_that_from_the_smallest_to_the_largest() -> None:
    assert growth.growth(COSTS) == 1.5


def test_what_is_linear_is_flat_for_each() -> None:
    assert growth.of_each({10: 5.0, 1_000: 500.0}) == {10: 0.5, 1_000: 0.5}


def test_a_bound_on_the_slope_may_be_met_but_not_passed() -> None:
    assert (TABLE.flat("x", COSTS, 1.5).holds, TABLE.flat("x", COSTS, 1.49).holds) == (True, False)


def test_a_cap_and_a_least_are_for_every_size() -> None:
    assert (TABLE.capped("x", COSTS, 3).holds, TABLE.capped("x", COSTS, 2.9).holds) == (True, False)
    assert (TABLE.least("x", COSTS, 1).holds, TABLE.least("x", COSTS, 1.1).holds) == (True, False)


def test_nothing_is_promised_of_a_plain_row() -> None:
    assert TABLE.plain("x", COSTS).holds is None


def test_a_row_has_a_cell_for_each_column() -> None:
    row = TABLE.flat("x", {100: 1.0, 1_000: 2.0}, 2)
    assert row.cells == ("x", "", "1.00", "2.00", "2.00", "last over first: at most 2")
    assert len(TABLE.columns) == len(row.cells)


def test_sizes_take_turns_and_the_median_counts() -> None:
    asked: list[int] = []

    def cost(size: int) -> float:
        asked.append(size)
        return {1: 5.0, 2: 9.0, 3: 1.0}[asked.count(size)]

    assert growth.medians((10, 100), cost, rounds=3) == {10: 5.0, 100: 5.0}
    assert asked == [10, 100] * 3
