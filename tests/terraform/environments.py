"""The environments that are deployed to AWS, and what they set."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tools import tfvars
from tools.paths import ROOT

# From the one where most may go wrong to the one where least may.
NAMES = ("development", "staging", "production")


def variables(name: str) -> Path:
    """The file that sets them."""
    return ROOT / "environments" / f"{name}.tfvars"


@cache
def settings(name: str) -> Mapping[str, Any]:
    """Every setting, with the defaults of those that the environment leaves out."""
    return tfvars.read(variables(name)).values
