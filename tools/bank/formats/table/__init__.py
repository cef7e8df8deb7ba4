"""A table of questions as CSV: what a spreadsheet reads and writes. docs/bank.md describes the columns."""

from tools.bank.formats.table.read import read
from tools.bank.formats.table.write import write

__all__ = ["read", "write"]
