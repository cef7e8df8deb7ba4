"""One module of src as the builder sees it: what it imports, and which AWS clients it makes."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tools.package.errors import PackageError

_MAKE_CLIENT = "adapters.clients.make"

Import = ast.Import | ast.ImportFrom


@dataclass(frozen=True)
class Place:
    """Where something is written, as editors and terminals like it."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Imported:
    """A dotted name that is imported; `maybe` where it is either a module of a package or a mere name in it."""

    name: str
    place: Place
    maybe: bool = False


@dataclass(frozen=True)
class ModuleSource:
    """What a module imports, and the services it makes clients of."""

    imports: tuple[Imported, ...]
    services: frozenset[str]

    @classmethod
    def read(cls, module: str, file: Path, root: Path) -> Self:
        """Parse the file of a module."""
        shown = file.relative_to(root.parent).as_posix()
        try:
            tree = ast.parse(file.read_bytes(), filename=shown)
        except SyntaxError as error:
            raise PackageError(f"{shown}:{error.lineno} is not Python: {error.msg}") from error
        package = module if file.name == "__init__.py" else module.rpartition(".")[0]
        nodes = list(_nodes_at_runtime(tree))
        imports: list[Imported] = []
        names: dict[str, str] = {}
        for node in nodes:
            if isinstance(node, Import):
                imports += _imported(node, package, Place(shown, node.lineno))
                names |= _bound(node, package)
        return cls(tuple(imports), frozenset(_services(nodes, names, shown)))


def _nodes_at_runtime(node: ast.AST) -> Iterator[ast.AST]:
    """Every node, functions' bodies included, but not what is imported for type checkers alone."""
    yield node
    children = ast.iter_child_nodes(node)
    if isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING"):
        children = iter(node.orelse)
    for child in children:
        yield from _nodes_at_runtime(child)


def _imported(node: Import, package: str, place: Place) -> Iterator[Imported]:
    if isinstance(node, ast.Import):
        yield from (Imported(alias.name, place) for alias in node.names)
        return
    origin = _origin(node, package)
    yield Imported(origin, place)
    yield from (Imported(f"{origin}.{alias.name}", place, maybe=True) for alias in node.names)


def _origin(node: ast.ImportFrom, package: str) -> str:
    if not node.level:
        return node.module or ""
    parents = package.split(".")
    around = parents[: len(parents) - node.level + 1]
    return ".".join([*around, node.module] if node.module else around)


def _bound(node: Import, package: str) -> dict[str, str]:
    """The names an import statement binds, each with what it stands for."""
    if isinstance(node, ast.ImportFrom):
        origin = _origin(node, package)
        return {alias.asname or alias.name: f"{origin}.{alias.name}" for alias in node.names}
    return {
        alias.asname or alias.name.split(".")[0]: alias.name if alias.asname else alias.name.split(".")[0]
        for alias in node.names
    }


def _services(nodes: list[ast.AST], names: dict[str, str], shown: str) -> Iterator[str]:
    """The literal arguments of `clients.make`. Any other use of it would hide a service from the builder."""
    calls = [node for node in nodes if isinstance(node, ast.Call) and _dotted(node.func, names) == _MAKE_CLIENT]
    called = {id(call.func) for call in calls}
    for node in nodes:
        if (
            isinstance(node, ast.Name | ast.Attribute)
            and id(node) not in called
            and _dotted(node, names) == _MAKE_CLIENT
        ):
            raise PackageError(f"{shown}:{node.lineno} uses clients.make without calling it; packaging reads its calls")
    for call in calls:
        match call.args:
            case [ast.Constant(value=str(service)), *_]:
                yield service
            case _:
                raise PackageError(
                    f"{shown}:{call.lineno} calls clients.make with something other than a literal name; "
                    "packaging bundles only the models it can read from the source"
                )


def _dotted(node: ast.expr, names: dict[str, str]) -> str | None:
    match node:
        case ast.Name(id=name):
            return names.get(name)
        case ast.Attribute(value=value, attr=attribute):
            origin = _dotted(value, names)
            return f"{origin}.{attribute}" if origin else None
    return None
