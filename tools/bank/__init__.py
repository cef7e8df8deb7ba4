"""Move questions between files and the bank: `python -m tools.bank --help`."""
