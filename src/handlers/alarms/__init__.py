"""Alarms: the function that turns them into messages to people."""
