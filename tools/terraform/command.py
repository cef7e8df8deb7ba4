"""Run Terraform quietly and the same way everywhere."""

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tools.paths import ROOT
from tools.terraform import mirror
from tools.terraform.binary import terraform

_UNREACHABLE = ("could not connect to", "failed to request discovery document", "Failed to query available provider")


class TerraformFailed(Exception):
    """Terraform said no; the message is what it printed."""


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of the caller, without a CLI configuration file that does not exist."""
    variables = {
        **os.environ,
        "CHECKPOINT_DISABLE": "1",
        "TF_IN_AUTOMATION": "1",
        "TF_INPUT": "0",
        "TF_REGISTRY_CLIENT_TIMEOUT": "10",
        "TF_REGISTRY_DISCOVERY_RETRY": "0",
        **(extra or {}),
    }
    if not Path(variables.get("TF_CLI_CONFIG_FILE", os.devnull)).exists():
        del variables["TF_CLI_CONFIG_FILE"]
    return variables


def run(arguments: Sequence[str], directory: Path = ROOT, extra: Mapping[str, str] | None = None) -> str:
    """Run a Terraform command and return what it printed, or raise with it."""
    done = subprocess.run(
        [terraform(), f"-chdir={directory}", *arguments],
        env=environment(extra),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise TerraformFailed(done.stdout.strip())
    return done.stdout


def outputs(extra: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What the applied root module puts out, by name."""
    shown = json.loads(run(["output", "-json"], extra=extra))
    return {name: output["value"] for name, output in shown.items()}


def init(arguments: Sequence[str] = (), directory: Path = ROOT, extra: Mapping[str, str] | None = None) -> str:
    """Initialise the ordinary way, or from a mirror where no registry answers; returns which it was."""
    command = ["init", "-no-color", *arguments]
    try:
        run(command, directory, extra)
    except TerraformFailed as failure:
        found = mirror.find()
        if not any(sign in str(failure) for sign in _UNREACHABLE):
            raise
        if found is None:
            raise TerraformFailed(
                "no provider registry answers and no mirror was found; connect, or name one in TF_PLUGIN_MIRROR"
            ) from failure
        run(command, directory, {**(extra or {}), "TF_CLI_CONFIG_FILE": str(mirror.configuration(found))})
        return f"the provider mirror {found}"
    return "the provider registry, or what it gave before"
