"""Leaderboards in Redis: make one anew from the table, and look at one."""
