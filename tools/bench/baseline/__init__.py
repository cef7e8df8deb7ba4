"""Other implementations of the same events: loaded, asked the same things, and repaired where they fail."""
