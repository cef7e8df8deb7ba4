"""A copy of the configuration in which Terraform plans everything without credentials and without a network."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import tftest

from tests.terraform.plans import Plan
from tools import terraform
from tools.package import handler_packages
from tools.paths import ROOT
from tools.terraform.binary import terraform as binary
from tools.terraform.offline import LOCAL_STATE, OFFLINE

_PACKAGE_DIRS = ("build/lambda", "build/local")


@dataclass(frozen=True)
class Sandbox:
    """The copied root, and any number of directories beside it that share its modules and its provider."""

    root: Path

    @classmethod
    def make(cls, folder: Path) -> Self:
        """Copy what Terraform reads, leave state and variables behind, and initialise once."""
        root = folder / "checkout"
        root.mkdir()
        for file in [*ROOT.glob("*.tf"), ROOT / ".terraform.lock.hcl"]:
            shutil.copy(file, root)
        leftovers = shutil.ignore_patterns(".terraform", "*.tfstate*", "*.tfvars")
        shutil.copytree(ROOT / "modules", root / "modules", ignore=leftovers)
        (root / "provider_override.tf").write_text(OFFLINE)
        (root / "backend_override.tf").write_text(LOCAL_STATE)
        _write_packages(root)
        terraform.init((), root)
        return cls(root)

    def beside(self, name: str) -> Path:
        """A new directory that sees the same modules, packages and provider; `terraform get` completes it."""
        directory = self.root.parent / name
        (directory / ".terraform").mkdir(parents=True)
        (directory / ".terraform" / "providers").symlink_to(self.root / ".terraform" / "providers")
        (directory / "modules").symlink_to(self.root / "modules")
        shutil.copy(self.root / ".terraform.lock.hcl", directory)
        _write_packages(directory)
        return directory


def write_package(file: Path) -> None:
    """A stand-in for a function's zip: a plan reads its hash and nothing else."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(file.name.encode())


def _write_packages(directory: Path) -> None:
    for folder in _PACKAGE_DIRS:
        for name in handler_packages():
            write_package(directory / folder / f"{name}.zip")


def plan(directory: Path, variables: Mapping[str, Any] | None = None, files: Sequence[Path] = ()) -> Plan:
    """Plan a directory that is initialised; tftest parses the answer."""
    test = tftest.TerraformTest(str(directory), binary=str(binary()))
    # tftest could add to the caller's environment but not take away a configuration file that does not exist.
    test.env = terraform.environment()
    planned = test.plan(
        output=True, lock=False, tf_vars=dict(variables or {}), tf_var_file=[str(file) for file in files]
    )
    return Plan(planned)
