"""Display names: what is kept, what is refused, and which are the same."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.errors import InvalidInput
from quiz.live.names import MOST_CHARACTERS, display_name, name_key, numbered

FAMILY = "👨‍👩‍👧"
HEART = "❤️"


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("Ada", "Ada"),
        ("  Ada \t\n Lovelace ", "Ada Lovelace"),
        ("\uff21da", "Ada"),
        ("e\u0301va", "\u00e9va"),
        ("A\u200bd\u2060a\ufeff", "Ada"),
        ("Ada\u202egnp.exe", "Adagnp.exe"),
        ("\u2066Ada\u2069\u200f", "Ada"),
        ("A\x00d\x1ba", "Ada"),
        ("Ada\u2028Lovelace", "Ada Lovelace"),
        ("Ada\u3164\u2800", "Ada"),
        (FAMILY, FAMILY),
        (f"{HEART} Ada", f"{HEART} Ada"),
        ("می‌خواهم", "می‌خواهم"),
        ("x" * 40, "x" * 40),
        (" " * 60 + "x", "x"),
        ("<b>", "<b>"),
    ],
)
def test_a_name_is_shown_as(given_name: str, shown: str) -> None:
    assert display_name(given_name) == shown


@pytest.mark.parametrize(
    "given_name",
    [
        "",
        "   ",
        "\u200d\u200c",
        "\u200b\ufeff",
        "\u202e",
        "\u3164",
        "\u115f\u1160",
        "\uffa0",
        "\u2800 \u2800",
        "\u034f",
        "\ufe0f",
        "\u0301",
        "\ue000",
        "\ud800",
        "x" * 41,
        "\ufdfa" * 3,
    ],
)
def test_what_cannot_be_seen_or_is_too_long_is_no_name(given_name: str) -> None:
    with pytest.raises(InvalidInput, match="1 to 40 characters that can be seen"):
        display_name(given_name)


@given(st.text(min_size=1, max_size=50))
def test_a_shown_name_is_clean_and_stays_as_it_is(given_name: str) -> None:
    try:
        name = display_name(given_name)
    except InvalidInput:
        return
    assert display_name(name) == name
    assert 1 <= len(name) <= MOST_CHARACTERS
    assert not {unicodedata.bidirectional(c) for c in name} & {"LRE", "LRO", "RLE", "RLO", "PDF", "LRI", "RLI", "FSI"}
    assert name.isprintable() or {"\u200c", "\u200d"} & set(name)
    assert name_key(name)
    name.encode()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada", "ADA"),
        ("Ada", "A\u200dda"),
        ("Stra\u00dfe", "STRASSE"),
        ("Ada Lovelace", "ada  lovelace"),
        (HEART, "❤"),
        (FAMILY, "👨👩👧"),
    ],
)
def test_names_that_look_the_same_are_the_same(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@given(st.text(st.characters(categories=["L", "N", "Zs", "P"]), min_size=1, max_size=60), st.integers(2, 9_999))
def test_a_numbered_name_fits_and_differs(given_name: str, number: int) -> None:
    try:
        name = display_name(given_name)
    except InvalidInput:
        return
    assert numbered(name, 1) == name
    assert len(numbered(name, number)) <= MOST_CHARACTERS
    assert numbered(name, number).endswith(f" {number}")
    assert name_key(numbered(name, number)) != name_key(numbered(name, number + 1))


def test_a_long_name_makes_room_for_its_number() -> None:
    assert numbered("x" * 40, 12) == "x" * 37 + " 12"
    assert numbered("x" * 36 + " yyy", 1234) == "x" * 35 + " 1234"
    assert numbered("x" * 34 + " yyyyy", 1234) == "x" * 34 + " 1234"
