"""One page on how an environment does: what is wrong, what to look at first, and the command to begin with."""
