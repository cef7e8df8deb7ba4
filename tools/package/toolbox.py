"""Powertools is thirty tools in one distribution: a function gets those it reaches, not 1.7 MB of the others.

The other distributions are one thing each and are shipped whole.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from tools.package.syntax import ModuleSource

_TOOLBOX = "aws_lambda_powertools"


def unreached(files: Iterable[str], imported: Iterable[str], site: Path) -> set[str]:
    """The modules among a distribution's files that no import, in functions or outside, leads to."""
    modules = {_module(file): file for file in files if file.startswith(f"{_TOOLBOX}/") and file.endswith(".py")}
    waiting = [_TOOLBOX, *imported]
    reached: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in modules and name not in reached:
            reached.add(name)
            waiting.append(name.rpartition(".")[0])
            waiting += _imports(name, site / modules[name], site)
            if _imports_by_name(site / modules[name]):
                waiting += (other for other in modules if other.startswith(f"{name}."))
    return {file for module, file in modules.items() if module not in reached}


def _module(file: str) -> str:
    return file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@cache
def _imports(module: str, file: Path, site: Path) -> list[str]:
    return [imported.name for imported in ModuleSource.read(module, file, site).imports]


@cache
def _imports_by_name(file: Path) -> bool:
    """Some packages import their modules when first asked for a name; of those everything is kept."""
    return file.name == "__init__.py" and b"import_module" in file.read_bytes()
