"""Writes a zip whose bytes depend on nothing but the names and contents of its files."""

import io
import sys
import zipfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from tools.package.errors import PackageError

LIMIT = 8_000_000
# What needs more says why: FSRS and the circuit breaker of practice; OpenSSL, which checks signatures; redis-py, which
# brings its asyncio half along; and elsewhere the models of several services.
_LIMITS = {
    "alarms": 9_000_000,
    "api": 9_000_000,
    "authorizer": 24_000_000,
    "cache": 12_000_000,
    "scheduler": 9_000_000,
    "tables": 9_000_000,
}

_DATE = (1980, 1, 1, 0, 0, 0)
_REGULAR_FILE = 0o100644
_UNIX = 3


def write(entries: Mapping[str, bytes], path: Path) -> int:
    """Write the zip unless it is already there, byte for byte; returns its size."""
    _refuse_shadows(entries, path)
    content = _zipped(entries)
    limit = limit_of(path.stem)
    if len(content) > limit:
        raise PackageError(
            f"{path.name} would be {len(content) / 1e6:.1f} MB, more than {limit / 1e6:.0f}: {_biggest(entries)}"
        )
    # Left alone when nothing changed: whatever watches mtimes has nothing to do.
    if not path.is_file() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{path.name}.new")
        unfinished.write_bytes(content)
        unfinished.replace(path)
    return len(content)


def limit_of(name: str) -> int:
    """The bytes that a package may have."""
    return _LIMITS.get(name, LIMIT)


def _zipped(entries: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    # Stored, because compressors differ between builds of zlib; Lambda's own storage compresses anyway.
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(entries):
            info = zipfile.ZipInfo(name, _DATE)
            info.create_system = _UNIX
            info.external_attr = _REGULAR_FILE << 16
            archive.writestr(info, entries[name])
    return buffer.getvalue()


def _refuse_shadows(entries: Mapping[str, bytes], path: Path) -> None:
    """The zip's root comes first on a function's sys.path, before the standard library."""
    roots = {name.split("/")[0].split(".")[0] for name in entries}
    if shadows := sorted(roots & sys.stdlib_module_names):
        raise PackageError(f"{path.name} would shadow the standard library's {', '.join(shadows)}")


def _biggest(entries: Mapping[str, bytes]) -> str:
    sizes: Counter[str] = Counter()
    for name, content in entries.items():
        sizes["/".join(name.split("/")[:2])] += len(content)
    return ", ".join(f"{part} {size / 1e6:.1f} MB" for part, size in sizes.most_common(4))
