"""Stand-ins for modules of other people that each start imported and no function uses.

Each takes the place of a module that another one imports by name. They are sources: compiling a few lines takes less
than finding bytecode.
"""

from collections.abc import Mapping

# Docstrings of clients, for which botocore imports an HTML parser.
_DOCSTRING = b'''"""Docstrings of clients, all of them empty."""


class _Nothing(str):
    def __new__(cls, *args, **kwargs):
        return super().__new__(cls)


ClientMethodDocstring = PaginatorDocstring = WaiterDocstring = _Nothing
'''

# redis-py imports its asynchronous clients and its clusters to offer them by a short name; ours imports what it needs.
_REDIS = b'''"""Modules, to be imported by their own names."""


def __getattr__(name):
    if name == "__version__":
        from importlib.metadata import version

        return version("redis")
    raise AttributeError(f"module 'redis' was shipped without {name!r}: import it from its own module")
'''

_DOCS = "botocore/docs/"
_STAND_INS = {
    f"{_DOCS}__init__.py": b"",
    f"{_DOCS}docstring.py": _DOCSTRING,
    "redis/__init__.py": _REDIS,
    "redis/asyncio/__init__.py": b"",
    # Turns HTTP/2 on, which nobody does, and for that looks for versions in the metadata of distributions.
    "urllib3/http2/__init__.py": b"",
}

# Asked for by name, and imports nothing.
_KEPT_OF_DOCS = f"{_DOCS}utils.py"


def with_stand_ins(entries: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same entries of a zip, with stand-ins for those that have one and without what made docstrings."""
    replaced = {_source(name) for name in entries} & set(_STAND_INS)
    kept = {name: content for name, content in entries.items() if _stays(_source(name))}
    return kept | {name: _STAND_INS[name] for name in replaced}


def _source(name: str) -> str:
    return name.removesuffix("c") if name.endswith(".pyc") else name


def _stays(source: str) -> bool:
    return source not in _STAND_INS and (not source.startswith(_DOCS) or source == _KEPT_OF_DOCS)
