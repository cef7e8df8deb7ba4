"""Looks for the marks of results that were announced."""

from collections.abc import Iterable

from adapters.items import from_item
from adapters.operations.rows import Rows
from quiz.operations.announcing import START


class Announced:
    """Reads the announcements table."""

    def __init__(self, rows: Rows, table: str) -> None:
        self._rows = rows
        self._table = table

    def since(self) -> str | None:
        """From when on there are marks; None where nobody has looked for any yet."""
        found = self._rows.read(self._table, [{"result": START}])
        since: str | None = from_item(found[0])["since"] if found else None
        return since

    def unmarked(self, results: Iterable[str]) -> set[str]:
        """Those of the results that have no mark."""
        wanted = set(results)
        found = self._rows.read(self._table, [{"result": mark} for mark in sorted(wanted)])
        return wanted - {item["result"]["S"] for item in found}
