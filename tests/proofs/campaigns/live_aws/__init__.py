"""A stand-in for AWS in this process: for games that are too big for an emulator behind a wire.

It takes the place of everything below a client's method call. What it does not know it refuses, and never guesses.
"""
