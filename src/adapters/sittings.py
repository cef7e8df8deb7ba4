"""Sittings as the results table holds them, and its stream tells of them."""

from collections.abc import Mapping
from typing import Any

import msgspec

from adapters.items import from_item, plain, to_item
from quiz.sittings import Sitting


def sitting_item(sitting: Sitting) -> dict[str, Any]:
    """A sitting as it is stored."""
    return to_item(plain(sitting))


def read_sitting(item: Mapping[str, Any]) -> Sitting:
    """The sitting in an item of the table, or in an image of one."""
    return msgspec.convert(from_item(item), Sitting)
