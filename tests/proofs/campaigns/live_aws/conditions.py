"""Conditions of writes, of keys and of filters."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from tests.proofs.campaigns.live_aws.reading import Bound, Operand, Words, found
from tests.proofs.campaigns.live_aws.values import is_equal, is_less

Test: TypeAlias = Callable[[Bound], bool]

_COMPARED: dict[str, Callable[..., bool]] = {
    "=": is_equal,
    "<>": lambda one, other: not is_equal(one, other),
    "<": is_less,
    ">": lambda one, other: is_less(other, one),
    "<=": lambda one, other: is_less(one, other) or is_equal(one, other),
    ">=": lambda one, other: is_less(other, one) or is_equal(one, other),
}


class Condition(NamedTuple):
    """A condition that was read, with what it names."""

    holds: Test
    used: frozenset[str]
    # The value that each name has to equal, where the condition says so.
    equals: dict[str, str]


@lru_cache(maxsize=1_000)
def condition(text: str) -> Condition:
    """Read it."""
    words = Words(text)
    equals: dict[str, str] = {}
    test = _any(words, equals)
    if words.next:
        raise words.strange()
    return Condition(test, words.used, equals)


def _any(words: Words, equals: dict[str, str]) -> Test:
    tests = [_all(words, equals)]
    while words.took("OR"):
        tests.append(_all(words, equals))
    return tests[0] if len(tests) == 1 else lambda bound: any(test(bound) for test in tests)


def _all(words: Words, equals: dict[str, str]) -> Test:
    tests = [_one(words, equals)]
    while words.took("AND"):
        tests.append(_one(words, equals))
    return tests[0] if len(tests) == 1 else lambda bound: all(test(bound) for test in tests)


def _one(words: Words, equals: dict[str, str]) -> Test:
    if words.took("NOT"):
        denied = _one(words, {})
        return lambda bound: not denied(bound)
    if words.took("("):
        inner = _any(words, equals)
        words.expect(")")
        return inner
    if words.next in ("ATTRIBUTE_EXISTS", "ATTRIBUTE_NOT_EXISTS"):
        return _existence(words)
    return _comparison(words, equals)


def _existence(words: Words) -> Test:
    is_wanted = words.take().upper() == "ATTRIBUTE_EXISTS"
    words.expect("(")
    path = words.path()
    words.expect(")")
    return lambda bound: (found(bound, path) is not None) is is_wanted


def _comparison(words: Words, equals: dict[str, str]) -> Test:
    name, one = words.peek(), words.operand()
    if words.took("BETWEEN"):
        return _between(words, one)
    sign = words.take()
    if sign not in _COMPARED:
        raise words.strange()
    value, other = words.peek(), words.operand()
    if sign == "=" and value.startswith(":"):
        equals[name] = value
    compared = _COMPARED[sign]
    return lambda bound: compared(one(bound), other(bound))


def _between(words: Words, one: Operand) -> Test:
    least = words.operand()
    words.expect("AND")
    most = words.operand()
    bounds: Sequence[Callable[[Bound], bool]] = (
        lambda bound: not is_less(one(bound), least(bound)),
        lambda bound: not is_less(most(bound), one(bound)),
    )
    return lambda bound: one(bound) is not None and all(within(bound) for within in bounds)
