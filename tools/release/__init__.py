"""Releases that try the newest code with a share of the calls first, and the way back."""
