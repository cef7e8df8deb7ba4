"""Practice over HTTP."""
