"""The items that Terraform puts into the bank for the canary."""

import json
from typing import Any

from tests.unit.builders import SRC

_FOLDER = SRC.parent / "modules" / "tables" / "canary"


def item(name: str) -> dict[str, Any]:
    """The item as DynamoDB gets it."""
    found: dict[str, Any] = json.loads((_FOLDER / f"{name}.json").read_text())
    return found
