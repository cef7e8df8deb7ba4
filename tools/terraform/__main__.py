"""`python -m tools.terraform ARGUMENTS`: Terraform as the rest of the project runs it."""

import subprocess
import sys

from tools.paths import ROOT
from tools.terraform import TerraformFailed, TerraformMissing, environment, init
from tools.terraform.binary import terraform


def main(arguments: list[str]) -> int:
    """Initialise with the fallback to a mirror; hand everything else to Terraform as it is."""
    try:
        if arguments[:1] == ["init"]:
            print(f"provider from {init(arguments[1:])}")
            return 0
        return subprocess.run([terraform(), *arguments], env=environment(), cwd=ROOT, check=False).returncode
    except (TerraformFailed, TerraformMissing) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
