"""What the campaign writes down: the history that the proofs' checker judges, and counts for the table."""

import json
from collections import Counter
from hashlib import blake2b
from typing import TypeAlias

from tests.proofs.campaigns.delivering.trouble import Trouble
from tests.proofs.database_model import Cause, Item
from tests.proofs.history import History

Key: TypeAlias = tuple[str, str]


def digest(item: Item) -> bytes:
    """What an item is worth remembering by, however large it is."""
    return blake2b(json.dumps(item, sort_keys=True).encode(), digest_size=16).digest()


class Book(History):
    """A history that keeps apart what was written first under each key, and what each call and each kill came to."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.first: dict[Key, bytes] = {}
        self.writes: Counter[Key] = Counter()
        self.calls: Counter[str] = Counter()
        self.repeated_calls = 0
        self.troubles: Counter[tuple[Trouble, str]] = Counter()
        self.swallowed = 0
        self.redriven = 0
        self.deliveries = 0

    def _write(self, cause: Cause, item: Item, overwrote: bool) -> None:
        super()._write(cause, item, overwrote)
        key = item["student_id"]["S"], item["submission_id"]["S"]
        self.first.setdefault(key, digest(item))
        self.writes[key] += 1
