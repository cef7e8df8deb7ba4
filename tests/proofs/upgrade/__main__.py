"""`python -m tests.proofs.upgrade`: what an upgrade from the previous release would do, address by address."""

import sys
import tempfile
from pathlib import Path

from tests.proofs.upgrade.changes import changes, upgrading

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        found = changes(upgrading(Path(folder)))
    print(found.page)  # noqa: T201  # the page is what was asked for
    sys.exit(1 if found.lost else 0)
