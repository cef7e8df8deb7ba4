"""Redis: how it is reached, and what is done inside of it."""
