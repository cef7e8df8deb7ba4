"""Counts what the real handlers ask of AWS, over tables in memory: `python -m tools.cost.measure` writes usage.toml."""
