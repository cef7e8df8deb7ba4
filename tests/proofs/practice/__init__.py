"""Proofs of adaptive practice: its rules, its chances, and that students learn by it."""
