"""A provider mirror on disk, for machines that reach no registry."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tools.paths import LOCAL

# The host name that Terraform itself gives to the folder.
_FOLDER = "registry.terraform.io"

_USUAL_ROOTS = (
    Path.home() / ".terraform.d" / "plugins",
    Path.home() / ".local" / "share" / "terraform" / "plugins",
    Path("/usr/local/share/terraform/plugins"),
    Path("/usr/share/terraform/plugins"),
    Path("/usr/local/share"),
    Path("/usr/share"),
    Path("/var/lib"),
    Path("/opt"),
    Path("/srv"),
)


def find() -> Path | None:
    """The folder that holds the mirror: named by TF_PLUGIN_MIRROR, or found under the usual roots."""
    if named := os.environ.get("TF_PLUGIN_MIRROR"):
        return Path(named).resolve()
    return next(_candidates(), None)


def configuration(mirror: Path) -> Path:
    """Write a CLI configuration that takes providers from the mirror alone."""
    written = LOCAL / "terraform-mirror.tfrc"
    written.parent.mkdir(parents=True, exist_ok=True)
    # At one go, because Terraform may be reading it for somebody else.
    with tempfile.NamedTemporaryFile("w", dir=written.parent, suffix=".tfrc", delete=False) as partial:
        partial.write(f'provider_installation {{\n  filesystem_mirror {{\n    path = "{mirror}"\n  }}\n}}\n')
    Path(partial.name).replace(written)
    return written


def _candidates() -> Iterator[Path]:
    for root in _USUAL_ROOTS:
        for pattern in (_FOLDER, f"*/{_FOLDER}", f"*/*/{_FOLDER}"):
            yield from (folder.parent for folder in sorted(root.glob(pattern)) if folder.is_dir())
