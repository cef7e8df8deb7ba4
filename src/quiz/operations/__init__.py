"""How the platform watches itself: its canary, its checks, and what it tells people who are on call."""
