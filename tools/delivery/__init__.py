"""What workflows say to people: a plan as a comment, drift as an issue. `python -m tools.delivery` tells how."""
