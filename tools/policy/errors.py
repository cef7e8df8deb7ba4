"""What can go wrong with a scan itself."""


class PolicyError(Exception):
    """Nothing was judged: a scan that did not work, or a skip comment that cannot be read."""
