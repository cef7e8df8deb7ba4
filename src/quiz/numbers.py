"""Numbers in keys, answers and scores: which are taken seriously, and how they are written."""

from decimal import Decimal, InvalidOperation
from fractions import Fraction

# Both compute exactly, and whole numbers many times faster.
Rational = Fraction | int

# No quiz needs longer ones, and arithmetic with a huge exponent would take forever.
MOST_DIGITS = 40


def is_sane(number: Decimal) -> bool:
    """Whether it is a number at all, and short enough to compute with exactly."""
    return number.is_finite() and abs(number.adjusted()) <= MOST_DIGITS


def read_number(answer: object) -> Decimal | None:
    """The number in an answer, be it written as one or as text; None where there is none to compute with."""
    if isinstance(answer, bool) or not isinstance(answer, int | float | Decimal | str):
        return None
    if isinstance(answer, int) and abs(answer) > 10**MOST_DIGITS:
        return None
    return sane_decimal(str(answer).strip())


def sane_decimal(text: str) -> Decimal | None:
    """The number that the text spells, or None if it spells none to compute with."""
    if len(text) > MOST_DIGITS:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if is_sane(number) else None


def rational(number: Decimal) -> Rational:
    """The very same number."""
    whole = int(number)
    return whole if whole == number else Fraction(number)


def exact(fraction: Rational, places: int) -> Decimal:
    """The fraction as a decimal, rounded half to even, without trailing zeros."""
    if fraction.denominator == 1:
        return Decimal(fraction.numerator)
    scaled, rest = divmod(fraction.numerator * 10**places, fraction.denominator)
    if 2 * rest > fraction.denominator or (2 * rest == fraction.denominator and scaled % 2):
        scaled += 1
    return _plain(Decimal(scaled).scaleb(-places))


def _plain(number: Decimal) -> Decimal:
    """The same number written without an exponent and without trailing zeros."""
    number = number.normalize()
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number
