"""Chance that can be replayed: everything random in a session follows from its seed and the number of its step."""

import hashlib
from collections.abc import Sequence
from fractions import Fraction
from typing import TypeVar

T = TypeVar("T")

# With four, the orders of short lists show: for ten questions, one neighbour follows the other twice too often.
_ROUNDS = 10
_RANGE = 2**64


def draw(seed: str, *about: object) -> int:
    """A number below 2^64 that looks random and is the same for the same question."""
    text = "\n".join([seed, *map(str, about)])
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())


def happens(probability: Fraction, seed: str, *about: object) -> bool:
    """Whether something of this probability happens now."""
    return draw(seed, *about) < probability * _RANGE


def place_of(position: int, total: int, seed: str) -> int:
    """What stands at a position of a random order of all numbers below `total`, without making the order.

    A Feistel network permutes the numbers below a power of four; numbers that are too high are sent through it again.
    """
    if total < 2:
        return 0
    half = max(1, -(-(total - 1).bit_length() // 2))
    found = position
    while True:
        found = _permuted(found, half, seed)
        if found < total:
            return found


def shuffled(items: Sequence[T], seed: str, *about: object) -> list[T]:
    """The items in a random order."""
    left = list(items)
    found = []
    number = draw(seed, *about)
    while left:
        # Fewer than 2^64 orders for twenty items, so that a fresh number is drawn now and then.
        if number < len(left):
            number = draw(seed, *about, len(left))
        number, index = divmod(number, len(left))
        found.append(left.pop(index))
    return found


def _permuted(number: int, half: int, seed: str) -> int:
    mask = (1 << half) - 1
    left, right = number >> half, number & mask
    for round_ in range(_ROUNDS):
        left, right = right, left ^ (draw(seed, "order", round_, right) & mask)
    return left << half | right
