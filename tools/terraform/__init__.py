"""Terraform, found or fetched, with a provider from the registry or a mirror: `python -m tools.terraform ARGUMENTS`."""

from tools.terraform.binary import TerraformMissing
from tools.terraform.command import TerraformFailed, environment, init, outputs, run

__all__ = ["TerraformFailed", "TerraformMissing", "environment", "init", "outputs", "run"]
