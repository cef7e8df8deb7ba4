"""Upgrades: what today's configuration would do to an environment that the previous release made."""
