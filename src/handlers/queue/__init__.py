"""The submissions queue."""
