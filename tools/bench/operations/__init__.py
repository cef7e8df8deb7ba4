"""What the functions are asked to do, by pillar, and a network in memory that is counted and then played back."""
