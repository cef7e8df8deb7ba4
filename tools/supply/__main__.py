"""Other people's work, as we use and ship it.

python -m tools.supply audit        ask for known vulnerabilities of everything that is locked
python -m tools.supply sbom TARGET  write a list beside each zip of build/TARGET: lambda or local
"""

import os
import sys

from tools.package import PackageError
from tools.package.targets import TARGETS
from tools.paths import ROOT
from tools.supply import sbom
from tools.supply.audit import audit
from tools.supply.licences import LicenceUnknown


def _run(arguments: list[str]) -> int:
    match arguments:
        case ["audit"]:
            return audit(os.environ)
        case ["sbom", target] if target in TARGETS:
            for path in sbom.write(target):
                print(path.relative_to(ROOT))
            return 0
    print(__doc__, file=sys.stderr)
    return 2


def main(arguments: list[str]) -> int:
    """Run one command; what goes wrong is one sentence."""
    try:
        return _run(arguments)
    except (LicenceUnknown, PackageError) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
