"""What alerts are told with: what was told before, what else is known of an alarm, and the ways to people."""
