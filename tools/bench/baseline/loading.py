"""Loads a handler of another implementation as Lambda would: its module is run once, in an environment that has all."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from tools.bench.baseline import repairs

Handler = Callable[[dict[str, Any], Any], Any]


class Original(NamedTuple):
    """A folder with other implementations, taken as they are or repaired."""

    folder: Path
    is_repaired: bool

    def handler(self, name: str, function: str = "handler") -> Handler:
        """The entry point in a file of the folder."""
        found: Handler = getattr(self._module(name), function)
        return found

    def _module(self, name: str) -> ModuleType:
        path = self.folder / name
        source = repairs.placed(name, path.read_text(encoding="utf-8"))
        if self.is_repaired:
            source = repairs.repaired(name, source)
        module = ModuleType(path.stem)
        exec(compile(source, str(path), "exec"), module.__dict__)  # noqa: S102  # whoever names the folder trusts it
        return module
