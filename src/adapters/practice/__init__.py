"""Practice as the tables hold it."""
