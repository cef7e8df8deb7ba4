"""Puts the zips together: our own modules with their bytecode, and the distributions they reach."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tools.homes import alone
from tools.package import archive
from tools.package.botocore_data import data_files
from tools.package.bytecode import compile_all
from tools.package.distributions import needed
from tools.package.errors import PackageError
from tools.package.imports import OWN_PACKAGES, SRC, Reach, handler_packages, reach, require_package
from tools.package.pruning import is_needed
from tools.package.site import Site, prepare
from tools.package.stand_ins import with_stand_ins
from tools.package.targets import TARGETS, compiler
from tools.package.toolbox import unreached
from tools.paths import BUILD

# Left behind by editors, version control and Python itself.
_LITTER = ("~", ".swp", ".orig", ".rej", ".pyc", ".tmp")


@dataclass(frozen=True)
class Built:
    """What became of one handler package."""

    name: str
    path: Path
    size: int
    files: int
    services: tuple[str, ...]


def build(
    target: str, names: Sequence[str] = (), *, out: Path | None = None, src: Path = SRC, require_bytecode: bool = False
) -> list[Built]:
    """Build the named handler packages, or all, into build/<target>; raises PackageError."""
    wanted = TARGETS[target]
    folder = out or BUILD / target
    for name in names:
        require_package(name, src)
    chosen = names or handler_packages(src)
    # All of them before the first is written: a mistake in one leaves no mixture of old and new zips.
    reached = {name: reach(name, src) for name in chosen}
    interpreter = compiler(wanted, required=require_bytecode)
    with alone("packages"):
        site = prepare(wanted, interpreter)
    ours = _own_files(src, chosen)
    ours |= _own_bytecode(ours, src, interpreter, wanted.cache_tag)
    return [_build_one(name, reached[name], ours, site, folder / f"{name}.zip") for name in chosen]


def _build_one(name: str, reached: Reach, ours: Mapping[str, bytes], site: Site, path: Path) -> Built:
    entries = {file: content for file, content in ours.items() if _belongs(file, name)}
    entries |= _third_party(reached, site)
    return Built(name, path, archive.write(entries, path), len(entries), tuple(sorted(reached.services)))


def _belongs(path: str, name: str) -> bool:
    """All of the domain and the adapters; of the handlers, one package and what makes it importable."""
    package, _, rest = path.partition("/")
    return package != "handlers" or rest.split("/")[0] in (name, "__init__.py", "__pycache__")


def _own_files(src: Path, names: Sequence[str]) -> dict[str, bytes]:
    files = (file for package in OWN_PACKAGES for file in (src / package).rglob("*") if file.is_file())
    paths = {file.relative_to(src): file for file in files}
    return {
        path.as_posix(): file.read_bytes()
        for path, file in paths.items()
        if not path.name.startswith((".", "#"))
        and not path.name.endswith(_LITTER)
        and "__pycache__" not in path.parts
        and any(_belongs(path.as_posix(), name) for name in names)
    }


def _own_bytecode(ours: dict[str, bytes], src: Path, interpreter: str | None, tag: str) -> dict[str, bytes]:
    """Beside the sources, which stay so that tracebacks show lines."""
    if interpreter is None:
        return {}
    names = {name: _cached_name(name, tag) for name in ours if name.endswith(".py")}
    with tempfile.TemporaryDirectory() as scratch:
        if failed := compile_all(interpreter, src, names, names, Path(scratch)):
            raise PackageError(f"{', '.join(sorted(failed))}: not Python for {tag}")
        return {name: (Path(scratch) / name).read_bytes() for name in names.values()}


def _cached_name(name: str, tag: str) -> str:
    path = Path(name)
    return (path.parent / "__pycache__" / f"{path.stem}.{tag}.pyc").as_posix()


@cache
def _read(path: Path) -> bytes:
    return path.read_bytes()


def _third_party(reached: Reach, site: Site) -> dict[str, bytes]:
    distributions = needed(reached.third_party, site.distributions)
    files = {file for distribution in distributions for file in distribution.files if is_needed(file)}
    files -= unreached(files, (imported.name for imported in reached.third_party), site.directory)
    entries = with_stand_ins(dict(_as_shipped(file, site) for file in files))
    if any(distribution.name == "botocore" for distribution in distributions):
        entries |= data_files(site.directory, reached.services)
    return entries


def _as_shipped(file: str, site: Site) -> tuple[str, bytes]:
    """Each module once: as bytecode in place of its source, which would double the zip and is read by nobody."""
    compiled = site.bytecode / f"{file}c" if site.bytecode and file.endswith(".py") else None
    if compiled and compiled.is_file():
        return f"{file}c", _read(compiled)
    return file, _read(site.directory / file)
