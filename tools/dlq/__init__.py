"""What was set aside: look at it, understand it, bring it back, or clear it away. docs/dead-letters.md is the guide."""
