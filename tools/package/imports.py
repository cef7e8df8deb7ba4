"""What a handler package reaches: modules of src, third-party modules and AWS services, read from the syntax tree.

A name is a handler package ("queue") or one module of it ("queue.submissions").
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tools.package.errors import PackageError
from tools.package.syntax import Imported, ModuleSource
from tools.paths import ROOT

SRC = ROOT / "src"
OWN_PACKAGES = ("quiz", "adapters", "handlers")


@dataclass(frozen=True)
class Reach:
    """Everything a handler package may import, by whatever path."""

    modules: frozenset[str]
    third_party: tuple[Imported, ...]
    services: frozenset[str]


def handler_packages(src: Path = SRC) -> list[str]:
    """Every handler package there is; each becomes one zip."""
    return sorted(path.parent.name for path in src.glob("handlers/*/__init__.py"))


def require_package(name: str, src: Path = SRC) -> None:
    """Refuse a name that no handler package has."""
    if name not in (known := handler_packages(src)):
        raise PackageError(f"no handler package is called {name!r}; there are: {', '.join(known)}")


def reached_modules(name: str, src: Path = SRC) -> set[str]:
    """The modules of src that are imported, directly or through others, by their dotted names."""
    return set(reach(name, src).modules)


def services(name: str, src: Path = SRC) -> set[str]:
    """The AWS services, as botocore calls them, that the reached modules make clients of."""
    return set(reach(name, src).services)


@cache
def reach(name: str, src: Path = SRC) -> Reach:
    """Walk the imports from the handlers inwards. Read once per process: sources do not change during a build."""
    waiting = list(_entry_points(name, src))
    modules: dict[str, ModuleSource] = {}
    third_party: list[Imported] = []
    while waiting:
        module = waiting.pop()
        if module in modules:
            continue
        modules[module] = ModuleSource.read(module, _file_of(module, src), src)
        for imported in modules[module].imports:
            top = imported.name.split(".")[0]
            if top in OWN_PACKAGES:
                waiting += _own_modules(imported, name, src)
            elif top not in sys.stdlib_module_names:
                third_party.append(imported)
    services = frozenset[str]().union(*(source.services for source in modules.values()))
    return Reach(frozenset(modules), tuple(third_party), services)


def _entry_points(name: str, src: Path) -> Iterator[str]:
    package, _, module = name.partition(".")
    require_package(package, src)
    yield from ("handlers", f"handlers.{package}")
    if module:
        yield f"handlers.{name}"
        return
    for file in (src / "handlers" / package).rglob("*.py"):
        if file.name != "__init__.py":
            yield ".".join(file.relative_to(src).with_suffix("").parts)


def _own_modules(imported: Imported, name: str, src: Path) -> list[str]:
    """The module and the packages around it, whose __init__ files run first."""
    if imported.maybe and _find(imported.name, src) is None:
        return []
    parts = imported.name.split(".")
    if parts[0] == "handlers" and len(parts) > 1 and parts[1] != name.split(".")[0]:
        raise PackageError(f"{imported.place} imports {imported.name}, which is not in the zip of {name}")
    modules = [".".join(parts[:length]) for length in range(1, len(parts) + 1)]
    if missing := [module for module in modules if _find(module, src) is None]:
        raise PackageError(f"{imported.place} imports {missing[0]}, which does not exist")
    return modules


def _file_of(module: str, src: Path) -> Path:
    file = _find(module, src)
    if file is None:
        raise PackageError(f"there is no module {module}")
    return file


def _find(module: str, src: Path) -> Path | None:
    base = src.joinpath(*module.split("."))
    return next((file for file in (base.with_suffix(".py"), base / "__init__.py") if file.is_file()), None)
