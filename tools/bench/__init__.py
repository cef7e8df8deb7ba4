"""Measurements that anyone can rerun: `python -m tools.bench`. Compare the ratios; seconds depend on the machine."""
