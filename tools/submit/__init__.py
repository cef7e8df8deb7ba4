"""Post quiz submissions to the queue as an LMS does: `python -m tools.submit --help`."""
