"""The rules of the platform: pure Python, no AWS import, no clock, no randomness of its own."""

VERSION = "0.1.0"
