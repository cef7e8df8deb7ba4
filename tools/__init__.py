"""What people run: each is a module, started as `python -m tools.<name>`."""
