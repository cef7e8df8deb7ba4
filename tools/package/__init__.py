"""Builds the functions' zips: one per handler package, the same bytes for the same input.

`python -m tools.package --help` tells how to run it; `services` and `reached_modules` tell what a handler reaches.
"""

from tools.package.assemble import Built, build
from tools.package.errors import PackageError
from tools.package.imports import handler_packages, reached_modules, services

__all__ = ["Built", "PackageError", "build", "handler_packages", "reached_modules", "services"]
