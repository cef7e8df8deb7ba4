"""Numbers, times and texts as they are said."""

import pytest

from quiz.alerts.wording import cut, duration, number, one_line, ordinal, printable


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-5, "0 seconds"),
        (0.4, "0 seconds"),
        (1, "1 second"),
        (59, "59 seconds"),
        (60, "1 minute"),
        (719, "11 minutes"),
        (3_600, "1 hour"),
        (7_500, "2 hours 5 minutes"),
        (86_400, "1 day"),
        (2 * 86_400 + 3_700, "2 days 1 hour"),
        (float("inf"), "0 seconds"),
    ],
)
def test_durations(seconds: float, said: str) -> None:
    assert duration(seconds) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (12.0, "12"),
        (3.14159, "3.142"),
        (1e-9, "1e-09"),
        (999.96, "1000"),
        (9_999.5, "9999.5"),
        (12_345.0, "12345"),
        (float("nan"), "nan"),
        (1e300, "1e+300"),
    ],
)
def test_numbers(value: float, said: str) -> None:
    assert number(value) == said


@pytest.mark.parametrize(
    ("position", "said"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (22, "22nd")]
)
def test_ordinals(position: int, said: str) -> None:
    assert ordinal(position) == said


def test_texts() -> None:
    assert printable("a\x00b\ud800\tc\nd") == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER} c\nd"
    assert one_line("  a \r\n b\t") == "a b"
    assert cut("a" * 10, 10) == "a" * 10
    assert cut("a" * 11, 10) == "a" * 7 + "..."
