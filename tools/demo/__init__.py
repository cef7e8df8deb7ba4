"""`python -m tools.demo`: the platform's main job on the local stack, for people to look at."""
