"""Proof that submissions are stored exactly once and that no message vanishes, whatever AWS may do to them.

README.md in this directory tells what is modelled, by which rules, and how to run a failure again.
"""
