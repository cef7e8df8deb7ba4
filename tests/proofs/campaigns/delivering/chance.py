"""Chance that depends on a seed and on what is asked, never on when: threads and processes may come in any order."""

from hashlib import blake2b
from typing import NamedTuple


class Chance(NamedTuple):
    """The dice of one run."""

    seed: int

    def of(self, *what: object) -> float:
        """From 0 up to 1, and always the same for the same question."""
        digest = blake2b(repr((self.seed, *what)).encode(), digest_size=8).digest()
        return int.from_bytes(digest, "big") / 2**64

    def below(self, limit: int, *what: object) -> int:
        """From 0 up to the limit."""
        return int(self.of(*what) * limit)
