"""What grows with what: one module for each curve, and the bound on its slope."""
