"""What the builder cannot mend by itself."""


class PackageError(Exception):
    """One sentence for the person who runs the build: what is wrong, where, and what would mend it."""
