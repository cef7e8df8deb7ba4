"""What is compiled into a wheel, by the lists that it brings along (PEP 770): Rust crates, OpenSSL."""

import json
from collections.abc import Iterator
from importlib import metadata
from typing import Any

from tools.supply.licences import of_component


def inside(distribution: metadata.Distribution, purl: str) -> list[dict[str, Any]]:
    """The components of a distribution's own lists, as parts of it."""
    parts = {part["bom-ref"]: part for part in _parts(distribution, purl)}
    return [parts[ref] for ref in sorted(parts)]


def _parts(distribution: metadata.Distribution, purl: str) -> Iterator[dict[str, Any]]:
    for file in distribution.files or ():
        if file.parent.name == "sboms" and file.name.endswith(".json"):
            for said in json.loads(file.read_text())["components"]:
                yield _part(said, purl)


def _part(said: dict[str, Any], purl: str) -> dict[str, Any]:
    # Where it was downloaded from, or lay on the builder's disk, is not part of its name.
    own = said["purl"].partition("?")[0]
    return {
        "type": "library",
        "bom-ref": f"{purl}#{own}",
        "name": said["name"],
        "version": said["version"],
        **({"hashes": said["hashes"]} if "hashes" in said else {}),
        "licenses": [{"expression": of_component(said["name"], _expression(said))}],
        "purl": own,
    }


def _expression(said: dict[str, Any]) -> str | None:
    found = [entry["expression"] for entry in said.get("licenses", ()) if "expression" in entry]
    return found[0] if found else None
