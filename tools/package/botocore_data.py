"""The part of botocore's data that clients of a few services need: 30 MB of JSON become a few hundred KB."""

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tools.package.errors import PackageError

_FOLDER = "botocore/data"

# Read by every client, whatever its service: partitions for endpoint rules, defaults for its mode, retry for legacy.
_SHARED = ("_retry.json", "partitions.json", "sdk-default-configuration.json")

# Waiters and examples are left out: functions do not sleep until something is ready.
_PER_SERVICE = (
    *("service-2", "service-2.sdk-extras", "endpoint-rule-set-1"),
    *("paginators-1", "paginators-1.sdk-extras"),
)


def data_files(site: Path, services: Iterable[str]) -> dict[str, bytes]:
    """The files by their path in the zip."""
    folder = site / _FOLDER
    files = {f"{_FOLDER}/{name}": (folder / name).read_bytes() for name in _SHARED}
    prefixes = set()
    for service in sorted(services):
        models = _models(_latest_version(folder, service))
        prefixes.add(models["service-2"]["metadata"]["endpointPrefix"])
        # Plain, not gzipped: without its prose a model is a fifth, and decompressing it would be wasted time.
        version = _latest_version(folder, service).name
        files |= {f"{_FOLDER}/{service}/{version}/{name}.json": _compact(model) for name, model in models.items()}
    # 1.2 MB, parsed at every cold start to find the few endpoints that are still resolved from it.
    files[f"{_FOLDER}/endpoints.json"] = _compact(_only(_load(folder / "endpoints.json"), prefixes))
    return files


def _models(version: Path) -> dict[str, Any]:
    names = {file: file.name.partition(".json")[0] for file in sorted(version.iterdir())}
    return {name: _without_prose(_load(file)) for file, name in names.items() if name in _PER_SERVICE}


def _latest_version(folder: Path, service: str) -> Path:
    """Botocore uses the latest version that has a service model; others may hold endpoint rules alone."""
    models = sorted((folder / service).glob("*/service-2.json*"))
    if not models:
        raise PackageError(f"botocore knows no service {service!r}, which clients.make is called with")
    return models[-1].parent


def _only(endpoints: dict[str, Any], prefixes: set[str]) -> dict[str, Any]:
    """The same partitions and regions with fewer services, which go by their prefix: cloudwatch by monitoring."""
    partitions = [
        {**partition, "services": {name: of for name, of in partition["services"].items() if name in prefixes}}
        for partition in endpoints["partitions"]
    ]
    return {**endpoints, "partitions": partitions}


def _without_prose(node: Any) -> Any:
    """Empty the documentation but keep its key: botocore asks for some of it without expecting it to be missing."""
    if isinstance(node, dict):
        # A member that happens to be called documentation is an object, not a text.
        return {
            name: "" if name == "documentation" and isinstance(value, str) else _without_prose(value)
            for name, value in node.items()
        }
    return [_without_prose(value) for value in node] if isinstance(node, list) else node


def _load(file: Path) -> Any:
    content = file.read_bytes()
    return json.loads(gzip.decompress(content) if file.suffix == ".gz" else content)


def _compact(content: Any) -> bytes:
    # In the order of the input: botocore lists members and defaults in the order it reads them.
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()
