"""The command: builds zips, tells what each holds, and fails with one sentence."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.package.assemble import build
from tools.package.errors import PackageError
from tools.package.targets import TARGETS


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse the arguments, build, and print one line per zip."""
    options = _options(arguments)
    try:
        done = build(options.target, options.names, out=options.out, require_bytecode=options.require_bytecode)
    except (PackageError, OSError) as error:
        print(f"package: {error}", file=sys.stderr)
        return 1
    for built in done:
        services = ", ".join(built.services) or "no AWS service"
        print(f"{built.name:<10} {built.size / 1e6:5.2f} MB {built.files:5} files   {services}")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.package", description="Build the functions' zips.")
    parser.add_argument("names", nargs="*", help="handler packages, such as queue (default: all)")
    parser.add_argument("--target", choices=sorted(TARGETS), default="local", help="where they will run")
    parser.add_argument("--out", type=Path, help="where to put them (default: build/<target>)")
    parser.add_argument("--require-bytecode", action="store_true", help="fail rather than ship sources only")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
