"""What a function is started with to see how long that takes: a first event, and a network that answers at once."""
