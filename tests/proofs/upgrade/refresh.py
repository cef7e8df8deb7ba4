"""Make the fixture anew: `python -m tests.proofs.upgrade.refresh COMMIT` (five minutes).

The commit's own configuration is applied to an emulator that exists just for this, as the laptop's environment, with
packages that hold nothing. What Terraform then remembers is kept, without what nobody has to know and what no plan
reads.
"""

import gzip
import io
import json
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from tests.proofs.release.emulated import own_emulator
from tools import terraform
from tools.package import handler_packages
from tools.paths import ROOT
from tools.stack import emulator

FIXTURE = ROOT / "tests" / "fixtures" / "previous-release.json.gz"
_BACKEND = 'terraform {\n  backend "local" {}\n}\n'


def refresh(commit: str) -> None:
    """Apply the commit, and keep its state."""
    with tempfile.TemporaryDirectory() as folder, own_emulator() as url:
        checkout = Path(folder)
        _check_out(commit, checkout)
        (checkout / "backend_override.tf").write_text(_BACKEND)
        _write_packages(checkout / "build" / "local")
        extra = {**emulator.credentials(url), "AWS_ENDPOINT_URL_S3": url}
        terraform.init(["-input=false", "-lockfile=readonly"], checkout, extra)
        options = ["-auto-approve", "-input=false", "-no-color", "-var-file=environments/local.tfvars"]
        terraform.run(["apply", *options], checkout, extra)
        state = json.loads((checkout / "terraform.tfstate").read_text())
    keep(state)


def keep(state: dict[str, Any]) -> None:
    """Write the fixture: managed resources without secrets, the same bytes for the same state."""
    kept = {
        **state,
        "outputs": {},
        "resources": [_without_secrets(one) for one in state["resources"] if one["mode"] == "managed"],
    }
    FIXTURE.parent.mkdir(exist_ok=True)
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as file:
        file.write(json.dumps(kept, separators=(",", ":"), sort_keys=True).encode())
    FIXTURE.write_bytes(packed.getvalue())


def _without_secrets(resource: dict[str, Any]) -> dict[str, Any]:
    """What Terraform marks as a secret is emptied."""
    instances = []
    for instance in resource["instances"]:
        attributes = dict(instance["attributes"])
        for path in instance.get("sensitive_attributes", []):
            attributes[path[0]["value"]] = None
        instances.append({**instance, "attributes": attributes, "private": None})
    return {**resource, "instances": instances}


def _check_out(commit: str, folder: Path) -> None:
    packed = subprocess.run(["git", "archive", commit], cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")


def _write_packages(folder: Path) -> None:
    """A zip with nothing to run: whatever calls it fails, and nothing calls it."""
    folder.mkdir(parents=True)
    for name in handler_packages():
        with zipfile.ZipFile(folder / f"{name}.zip", "w") as archive:
            archive.writestr(zipfile.ZipInfo("handlers.py", (1980, 1, 1, 0, 0, 0)), "")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    refresh(sys.argv[1])
