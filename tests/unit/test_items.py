"""Items as plain values: what goes in comes out."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.items import from_item, to_item

values = st.recursive(
    st.booleans()
    | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.frozensets(st.text(), min_size=1, max_size=3),
    lambda inner: st.lists(inner | st.none(), max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), values))
def test_what_goes_in_comes_out(item: dict[str, Any]) -> None:
    assert from_item(to_item(item)) == item


@given(st.dictionaries(st.text(), st.integers() | st.decimals(allow_nan=False, allow_infinity=False)))
def test_numbers_are_never_floats(item: dict[str, Any]) -> None:
    assert {type(number) for number in from_item(to_item(item)).values()} <= {int, Decimal}


def test_each_type_has_its_attribute() -> None:
    item = {
        "s": "x",
        "b": True,
        "i": -7,
        "d": Decimal("0.5"),
        "m": {"k": "v"},
        "l": ["x", 1, None],
        "t": ("x",),
        "u": frozenset("yx"),
    }
    assert to_item(item) == {
        "s": {"S": "x"},
        "b": {"BOOL": True},
        "i": {"N": "-7"},
        "d": {"N": "0.5"},
        "m": {"M": {"k": {"S": "v"}}},
        "l": {"L": [{"S": "x"}, {"N": "1"}, {"NULL": True}]},
        "t": {"L": [{"S": "x"}]},
        "u": {"SS": ["x", "y"]},
    }


def test_what_is_none_is_left_out_at_every_level() -> None:
    assert to_item({"a": None, "m": {"b": None, "c": 1}}) == {"m": {"M": {"c": {"N": "1"}}}}


def test_whole_numbers_come_out_as_integers() -> None:
    read = from_item({"whole": {"N": "-12"}, "point": {"N": "1.50"}, "exponent": {"N": "1E+2"}})
    assert read == {"whole": -12, "point": Decimal("1.5"), "exponent": 100}
    assert [type(number) for number in read.values()] == [int, Decimal, Decimal]


@pytest.mark.parametrize("value", [1.5, float("nan"), b"bytes", {1, 2}, frozenset([1]), frozenset(), object()])
def test_what_has_no_exact_attribute_is_refused(value: Any) -> None:
    for item in ({"x": value}, {"x": [value]}, {"x": {"y": value}}):
        with pytest.raises(TypeError, match="no place in an item"):
            to_item(item)


@pytest.mark.parametrize("attribute", [{"B": b"bytes"}, {"NS": ["1"]}])
def test_an_attribute_that_is_not_used_here_is_refused(attribute: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="not used here"):
        from_item({"x": attribute})
