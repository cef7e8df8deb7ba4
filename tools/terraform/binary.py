"""Find Terraform, or fetch the pinned release and verify it."""

import hashlib
import io
import os
import platform
import re
import shutil
import subprocess
import urllib.request
import zipfile
from functools import cache
from pathlib import Path

from tools.paths import LOCAL

RELEASE = "1.11.4"
_OLDEST = (1, 11)

# SHA-256 of the zips, as HashiCorp published them with the release.
_CHECKSUMS = {
    "darwin_amd64": "a56d5002b9f7647291faccc3dd1a70350e60fb61e4c45037629508b8fdc2575b",
    "darwin_arm64": "867e0808fa971217043e25b7a792b10720c79b1546f8a68479b74f138be73e18",
    "linux_amd64": "1ce994251c00281d6845f0f268637ba50c0005657eb3cf096b92f753b42ef4dc",
    "linux_arm64": "a43d1d0da9b9bab214a8305a39db0e40869572594ccf50c416a7756499143633",
}
_URL = "https://releases.hashicorp.com/terraform/{release}/terraform_{release}_{platform}.zip"


class TerraformMissing(Exception):
    """There is no usable Terraform, and none could be fetched."""


@cache
def terraform() -> Path:
    """The binary to use: the one on PATH if it is new enough, else the pinned release, fetched once."""
    found = shutil.which("terraform")
    if found and _version(Path(found)) >= _OLDEST:
        return Path(found)
    fetched = LOCAL / "bin" / f"terraform-{RELEASE}"
    if not fetched.exists():
        _install(_verified(_download()), fetched)
    return fetched


def _version(binary: Path) -> tuple[int, ...]:
    shown = subprocess.run(
        [binary, "version"], capture_output=True, text=True, check=False, env=os.environ | {"CHECKPOINT_DISABLE": "1"}
    )
    match = re.search(r"Terraform v(\d+)\.(\d+)", shown.stdout)
    return tuple(map(int, match.groups())) if match else (0, 0)


def _platform() -> str:
    machine = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
    return f"{platform.system().lower()}_{machine}"


def _download() -> bytes:
    if _platform() not in _CHECKSUMS:
        raise TerraformMissing(f"install Terraform {RELEASE}: there is no pinned release for {_platform()}")
    url = _URL.format(release=RELEASE, platform=_platform())
    try:
        with urllib.request.urlopen(url, timeout=60) as response:  # noqa: S310  # the scheme is fixed above
            content: bytes = response.read()
    except OSError as error:
        raise TerraformMissing(
            f"install Terraform {RELEASE} or newer and put it on PATH: fetching it failed ({error})"
        ) from error
    return content


def _verified(content: bytes) -> bytes:
    if hashlib.sha256(content).hexdigest() != _CHECKSUMS[_platform()]:
        raise TerraformMissing(f"the download of Terraform {RELEASE} does not match its checksum; it was thrown away")
    return content


def _install(archive: bytes, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(".partial")
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        partial.write_bytes(opened.read("terraform"))
    partial.chmod(0o755)
    partial.rename(target)
