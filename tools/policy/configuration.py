"""A copy of the configuration that is planned without credentials and without a network."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tools import terraform
from tools.package import handler_packages
from tools.paths import ROOT
from tools.policy.skips import COMMENT
from tools.terraform.offline import LOCAL_STATE, OFFLINE

Raw = Mapping[str, Any]

# What has no default, so that the plan is what an environment gets without asking for less or for more.
_ASKED = {
    "account_id": "123456789012",
    "alerts": {"runbook_url": "https://example.com/runbooks"},
    "environment": "policy",
    "region": "eu-central-1",
}


def copy(folder: Path) -> Path:
    """Every .tf file, with its skip comments made unreadable to checkov: what they excuse is for us to judge."""
    copied = folder / "configuration"
    for file in [*ROOT.glob("*.tf"), *ROOT.glob("bootstrap/*.tf"), *ROOT.glob("modules/*/*.tf")]:
        target = copied / file.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(file.read_text().replace(COMMENT, "# skip "))
    return copied


def plan(copied: Path, folder: Path) -> Raw:
    """Plan a copy in a folder of its own, so that a scan of the copy meets nothing that is not the project's."""
    shutil.copytree(copied, folder)
    shutil.copy(ROOT / ".terraform.lock.hcl", folder)
    for data in ROOT.glob("modules/*/*/"):
        shutil.copytree(data, folder / data.relative_to(ROOT))
    (folder / "provider_override.tf").write_text(OFFLINE)
    (folder / "backend_override.tf").write_text(LOCAL_STATE)
    (folder / "asked.auto.tfvars.json").write_text(json.dumps(_ASKED))
    # A plan reads the hash of a function's zip and nothing else.
    (folder / "build" / "lambda").mkdir(parents=True)
    for name in handler_packages():
        (folder / "build" / "lambda" / f"{name}.zip").write_bytes(name.encode())
    terraform.init((), folder)
    terraform.run(["plan", "-lock=false", "-refresh=false", "-out=policy.tfplan"], folder)
    planned: Raw = json.loads(terraform.run(["show", "-json", "policy.tfplan"], folder))
    return planned
