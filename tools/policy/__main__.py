"""`python -m tools.policy`: fails where the configuration breaks a rule that no comment excuses it from."""

import os
import sys

from tools.homes import InstallFailed
from tools.policy.errors import PolicyError
from tools.policy.judging import complaints, findings
from tools.policy.skips import skips
from tools.terraform import TerraformFailed, TerraformMissing

# Settings of the shell that would change the plan, or reach a real account.
_AMBIENT = ("AWS_", "TF_CLI_ARGS", "TF_DATA_DIR", "TF_LOG", "TF_VAR_", "TF_WORKSPACE")


def main() -> int:
    """Say what is wrong, or nothing."""
    for name in [name for name in os.environ if name.startswith(_AMBIENT)]:
        del os.environ[name]
    try:
        found = complaints(findings(), skips())
    except (InstallFailed, PolicyError, TerraformFailed, TerraformMissing) as error:
        found = [str(error)]
    print(*found, sep="\n", end="\n" if found else "", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
