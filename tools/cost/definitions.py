"""The tables as modules/tables/definitions.tf says them: their keys, and what each index holds."""

import re
from functools import cache

from msgspec import Struct

from tools.paths import ROOT

_FILE = ROOT / "modules" / "tables" / "definitions.tf"
_TABLE = re.compile(r"^    (\w+) = \{$(.*?)^    \}$", re.M | re.S)
_KEY = r'{} *= (?:"(\w+)"|null)'
_INDEX = re.compile(r'(\w+)\s*= \{ hash_key = "(\w+)", range_key = (?:"(\w+)"|null), include = \[([^\]]*)\] \}')
_ATTRIBUTES = re.compile(r"attributes = \{ (.*?) \}")


class Index(Struct, frozen=True):
    """A global index: its keys, and what else of an item it holds."""

    keys: tuple[str, ...]
    include: tuple[str, ...]


class Table(Struct, frozen=True):
    """A table: its key, the types of its key attributes, its indexes, and whether it has a stream."""

    keys: tuple[str, ...]
    types: dict[str, str]
    indexes: dict[str, Index]
    has_stream: bool


@cache
def tables() -> dict[str, Table]:
    """Every table by its short name."""
    return {name: _table(body) for name, body in _TABLE.findall(_FILE.read_text())}


def _table(body: str) -> Table:
    top = "\n".join(line for line in body.splitlines() if re.match(r" {6}\w", line) and "indexes" not in line)
    return Table(
        keys=_present(_value("hash_key", top), _value("range_key", top)),
        types=dict(re.findall(r'(\w+) = "(\w)"', _ATTRIBUTES.findall(body)[0])),
        indexes={
            name: Index(_present(hash_key, range_key), tuple(re.findall(r"\w+", include)))
            for name, hash_key, range_key, include in _INDEX.findall(body)
        },
        has_stream=bool(_value("stream", top)),
    )


def _value(name: str, text: str) -> str:
    found = re.search(_KEY.format(name), text)
    return (found[1] or "") if found else ""


def _present(*names: str) -> tuple[str, ...]:
    return tuple(name for name in names if name)
