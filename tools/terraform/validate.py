"""Whether the configurations hold together: `python -m tools.terraform.validate`.

Those are the root and the bootstrap. Each module is looked at as its callers call it, and must have one.
"""

import json
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools.paths import LOCAL, ROOT
from tools.terraform.binary import TerraformMissing
from tools.terraform.command import TerraformFailed, init, run

CONFIGURATIONS = (ROOT, ROOT / "bootstrap")
_MODULES = ROOT / "modules"


class Uncalled(Exception):
    """Modules that no configuration calls, so that nobody looked at them."""


def main() -> int:
    """Validate all of them side by side; a failure says what Terraform said."""
    try:
        with ThreadPoolExecutor() as pool:
            called = [folder for folders in pool.map(validate, CONFIGURATIONS) for folder in folders]
        require_callers(called)
    except (TerraformFailed, TerraformMissing, Uncalled) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def validate(directory: Path) -> list[Path]:
    """Raise TerraformFailed unless Terraform finds it valid; returns the folders of the modules that it calls."""
    # Beside a person's own working copy, whose state may lie elsewhere.
    data = LOCAL / "terraform-validate" / directory.relative_to(ROOT)
    extra = {"TF_DATA_DIR": str(data)}
    init(["-backend=false", "-lockfile=readonly"], directory, extra)
    run(["validate", "-no-color"], directory, extra)
    return _called(data, directory)


def require_callers(called: Iterable[Path]) -> None:
    """Raise Uncalled if a module is missing among those that are called."""
    everything = {file.parent.resolve() for file in _MODULES.glob("*/*.tf")}
    if forgotten := everything - {folder.resolve() for folder in called}:
        raise Uncalled(f"nobody calls {', '.join(sorted(folder.name for folder in forgotten))}")


def _called(data: Path, directory: Path) -> list[Path]:
    manifest = data / "modules" / "modules.json"
    if not manifest.exists():
        return []
    return [directory / module["Dir"] for module in json.loads(manifest.read_text())["Modules"]]


if __name__ == "__main__":
    sys.exit(main())
