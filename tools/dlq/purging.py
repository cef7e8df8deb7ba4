"""Clear letters away, into a file first: what is deleted from a queue is gone, and somebody may yet ask for it."""

import json
from collections.abc import Mapping
from pathlib import Path

from tools.dlq.audit import append
from tools.dlq.letters import Letter


class Keeper:
    """Writes letters to a file, which makes them safe to delete."""

    made: frozenset[str] = frozenset()

    def __init__(self, file: Path) -> None:
        self.file = file

    def settle(self, letters: list[Letter]) -> Mapping[str, str]:
        """Keep them; none has to stay."""
        append(self.file, [json.dumps(_kept(letter), default=str) for letter in letters])
        return {}


def _kept(letter: Letter) -> dict[str, object]:
    return {
        "message_id": letter.message_id,
        "group": letter.group,
        "sent_at": letter.sent_at,
        "attributes": letter.attributes,
        "body": letter.body,
    }
