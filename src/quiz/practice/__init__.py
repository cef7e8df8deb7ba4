"""Adaptive practice: a student goes through questions, and what was once wrong has to be right twice more."""
