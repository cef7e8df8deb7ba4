"""The stand-ins are what botocore asks its documentation for, and say nothing."""

import ast
from pathlib import Path
from typing import Any

import botocore

from tools.package.botocore_docs import without_docs

_STAND_IN, _PACKAGE = "botocore/docs/docstring.py", "botocore/docs/__init__.py"
_ENTRIES = {
    "botocore/client.pyc": b"client",
    "botocore/docs/bcdoc/restdoc.pyc": b"made docstrings",
    "botocore/docs/docstring.pyc": b"made docstrings",
    "botocore/docs/utils.pyc": b"asked for by name",
}


def _asked_for() -> set[tuple[str | None, str]]:
    """What botocore imports of its documentation, by module."""
    files = Path(botocore.__file__).parent.glob("*.py")
    imports = (node for file in files for node in ast.walk(ast.parse(file.read_text())))
    return {
        (node.module, name.name)
        for node in imports
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("botocore.docs")
        for name in node.names
    }


def test_everything_else_stays_and_only_utils_of_the_documentation() -> None:
    found = without_docs(_ENTRIES)
    assert set(found) == {"botocore/client.pyc", "botocore/docs/utils.pyc", _PACKAGE, _STAND_IN}


def test_there_is_a_stand_in_for_all_that_botocore_asks_for() -> None:
    module: dict[str, Any] = {}
    exec(without_docs({})[_STAND_IN], module)
    for name in (name for source, name in _asked_for() if source == "botocore.docs.docstring"):
        assert module[name](method_name="put_item", event_emitter=None) == ""
    assert {source for source, _ in _asked_for()} == {"botocore.docs.docstring", "botocore.docs.utils"}
