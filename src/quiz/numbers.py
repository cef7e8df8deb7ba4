"""Which numbers are taken seriously, in keys and in answers."""

from decimal import Decimal

# No quiz needs longer ones, and arithmetic with a huge exponent would take forever.
MOST_DIGITS = 40


def is_sane(number: Decimal) -> bool:
    """Whether it is a number at all, and short enough to compute with exactly."""
    return number.is_finite() and abs(number.adjusted()) <= MOST_DIGITS
