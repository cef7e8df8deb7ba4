"""The school of the deliveries campaign: an LMS, a queue, a database behind a socket, and workers that are killed.

Everything but the workers lives in the campaign's own process, which therefore knows of each call that a worker makes
and may do to it, or to the worker, whatever the seed says. What is judged is what that process holds at the end.
"""
