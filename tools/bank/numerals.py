"""Numbers and percentages as files write them, exactly."""

import re
from decimal import Context, Decimal

NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
PERCENT = re.compile(r"(-?\d+(?:\.\d*)?)\s*%", re.ASCII)

# The default context would round what is longer than 28 digits.
_EXACT = Context(prec=20_000)


def plain_number(number: Decimal) -> str:
    """Written without an exponent and without trailing zeros."""
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def percent(share: Decimal) -> str:
    """0.5 as 50, without the sign."""
    return plain_number(share.scaleb(2, _EXACT))


def from_percent(text: str) -> Decimal:
    """50 as 0.5."""
    return Decimal(text).scaleb(-2, _EXACT)


def part_of(whole: int) -> Decimal:
    """One of so many equal parts, rounded to the five digits of a percentage that Moodle knows."""
    return round(Decimal(100) / whole, 5)


def middle(low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    """The middle of a range, and how far it reaches to both sides."""
    return _EXACT.divide(_EXACT.add(low, high), Decimal(2)), _EXACT.divide(_EXACT.subtract(high, low), Decimal(2))
