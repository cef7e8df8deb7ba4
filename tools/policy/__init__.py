"""Policy: checkov over the configuration and over a plan of it: `python -m tools.policy`."""
