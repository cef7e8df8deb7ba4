"""Hostile requests, messages and records for every function that hears of the outside, and what it makes of them."""
