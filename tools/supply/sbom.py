"""A CycloneDX list beside each zip: what is inside, down to what wheels say of their own insides.

It depends on nothing but the zip and the lock: no times, no random numbers.
"""

import hashlib
import json
import tomllib
import uuid
import zipfile
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from tools.package import PackageError
from tools.package.site import Site, prepare
from tools.package.targets import TARGETS
from tools.paths import BUILD, ROOT
from tools.supply import lock
from tools.supply.inside import inside
from tools.supply.licences import of_distribution

_METADATA = ".dist-info/METADATA"


def write(target: str, folder: Path | None = None) -> list[Path]:
    """Write the list of each zip of a target; the zips have to be there."""
    found = sorted((folder or BUILD / target).glob("*.zip"))
    if not found:
        raise PackageError(f"there is no zip for {target}; build them with: python -m tools.package --target {target}")
    site = prepare(TARGETS[target], None)
    pins = lock.installed_in(lock.read(lock.REQUIREMENTS / "lambda.txt"), TARGETS[target].markers)
    return [_write(zipped, site, pins) for zipped in found]


def _write(zipped: Path, site: Site, pins: Mapping[str, lock.Pin]) -> Path:
    path = zipped.with_suffix(".cdx.json")
    path.write_text(json.dumps(document(zipped, site, pins), indent=2) + "\n")
    return path


def document(zipped: Path, site: Site, pins: Mapping[str, lock.Pin]) -> dict[str, Any]:
    """The list of one zip."""
    digest = hashlib.sha256(zipped.read_bytes()).hexdigest()
    name = f"quiz-{zipped.stem}"
    chosen = [pins[found] for found in _distributions(zipped)]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, digest)}",
        "version": 1,
        "metadata": {"lifecycles": [{"phase": "build"}], "component": _ourselves(name, digest)},
        "components": [_component(pin, site) for pin in chosen],
        "dependencies": _dependencies(name, chosen, site),
    }


def _distributions(zipped: Path) -> list[str]:
    with zipfile.ZipFile(zipped) as opened:
        texts = [opened.read(file).decode() for file in opened.namelist() if file.endswith(_METADATA)]
    lines = (line for text in texts for line in text.split("\n\n", 1)[0].splitlines())
    return sorted(canonicalize_name(line.partition(":")[2].strip()) for line in lines if line.startswith("Name:"))


def _ourselves(name: str, digest: str) -> dict[str, Any]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return {
        "type": "application",
        "bom-ref": name,
        "name": name,
        "version": project["version"],
        "hashes": _hashes([digest]),
        "licenses": [{"expression": project["license"]}],
    }


def _component(pin: lock.Pin, site: Site) -> dict[str, Any]:
    (distribution,) = metadata.distributions(name=pin.name, path=[str(site.directory)])
    component = {
        "type": "library",
        "bom-ref": pin.purl,
        "name": pin.name,
        "version": pin.version,
        # Of every file of the release that the lock takes; which of them it was depends on the target.
        "hashes": _hashes(pin.hashes),
        "licenses": [{"expression": of_distribution(distribution)}],
        "purl": pin.purl,
    }
    return component | ({"components": parts} if (parts := inside(distribution, pin.purl)) else {})


def _hashes(digests: Sequence[str]) -> list[dict[str, str]]:
    return [{"alg": "SHA-256", "content": digest} for digest in digests]


def _dependencies(name: str, chosen: Sequence[lock.Pin], site: Site) -> list[dict[str, Any]]:
    purls = {pin.name: pin.purl for pin in chosen}
    needs = {pin.name: sorted(set(site.distributions[pin.name].needs) & set(purls)) for pin in chosen}
    first = sorted(set(purls) - {need for needed in needs.values() for need in needed})
    told = [(purls[pin], needed) for pin, needed in needs.items()]
    return [{"ref": ref, "dependsOn": [purls[need] for need in needed]} for ref, needed in [(name, first), *told]]
