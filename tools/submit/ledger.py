"""How far a file has been posted, kept beside it, so that an interrupted run goes on where it stopped."""

import hashlib
import json
from pathlib import Path


class Ledger:
    """Remembers the last line that the queue has confirmed; a changed file starts anew."""

    def __init__(self, posted: Path, queue_url: str) -> None:
        self.path = posted.with_name(f"{posted.name}.progress")
        self._identity = hashlib.sha256(posted.read_bytes() + queue_url.encode()).hexdigest()

    def last_line(self) -> int:
        """The last line known to be in the queue, 0 for none."""
        try:
            kept = json.loads(self.path.read_text())
        except (FileNotFoundError, ValueError):
            return 0
        return int(kept["line"]) if kept["identity"] == self._identity else 0

    def confirm(self, line: int) -> None:
        """Remember that all lines up to this one are in the queue."""
        partial = self.path.with_name(f"{self.path.name}.partial")
        partial.write_text(json.dumps({"identity": self._identity, "line": line}))
        partial.rename(self.path)
