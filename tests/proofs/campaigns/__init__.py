"""Proofs at the size of a school's worst day: `python -m tests.proofs.campaigns`, or `make prove`.

Each campaign is a module with its sizes, `SHORT` and `FULL`, and with `run(size, seed)`, which plays it and returns a
section of the page: what is claimed and what was seen. The test suite runs the short ones.
"""
