"""The lock files: what is pinned, for whom, and the hashes of its files."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import Marker
from packaging.utils import canonicalize_name

from tools.paths import ROOT

REQUIREMENTS = ROOT / "requirements"

_PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)(?:\s*;\s*([^\\\n]+?))?(?=\s*\\?$)", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True)
class Pin:
    """One release, and the SHA-256 of each file that it may be installed from."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]

    @property
    def purl(self) -> str:
        """How other tools name it."""
        return f"pkg:pypi/{self.name}@{self.version}"


def read(file: Path) -> list[Pin]:
    """Everything that a lock file pins; a name comes twice where two environments get different versions."""
    text = file.read_text()
    found = list(_PIN.finditer(text))
    ends = [*(match.start() for match in found[1:]), len(text)]
    return [
        Pin(canonicalize_name(match[1]), match[2], match[3] or "", tuple(sorted(_HASH.findall(text, match.end(), end))))
        for match, end in zip(found, ends, strict=True)
    ]


def installed_in(pins: Iterable[Pin], markers: Mapping[str, str]) -> dict[str, Pin]:
    """What of it is for such an environment, by normalised name."""
    return {pin.name: pin for pin in pins if not pin.marker or Marker(pin.marker).evaluate(dict(markers))}
