"""Stand-ins for what makes the docstrings of botocore's clients: no function reads them, and each start imported it.

It is 6 ms of a cold start, most of them for an HTML parser. botocore asks for `botocore.docs.utils` by name, so that
stays as it is.
"""

from collections.abc import Mapping

_FOLDER = "botocore/docs/"
_KEPT = (f"{_FOLDER}utils.py",)

_DOCSTRING = b'''"""Docstrings of clients, all of them empty."""


class _Nothing(str):
    def __new__(cls, *args, **kwargs):
        return super().__new__(cls)


ClientMethodDocstring = PaginatorDocstring = WaiterDocstring = _Nothing
'''
_STAND_INS = {f"{_FOLDER}__init__.py": b"", f"{_FOLDER}docstring.py": _DOCSTRING}


def without_docs(entries: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same entries of a zip with the stand-ins, as sources: compiling them takes less than finding bytecode."""
    kept = {name: content for name, content in entries.items() if not name.startswith(_FOLDER) or _stays(name)}
    return {**kept, **_STAND_INS}


def _stays(name: str) -> bool:
    return name.removesuffix("c") in _KEPT
