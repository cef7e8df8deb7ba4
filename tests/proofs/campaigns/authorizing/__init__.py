"""Who may what, written down by hand, and asked of the local stack."""
