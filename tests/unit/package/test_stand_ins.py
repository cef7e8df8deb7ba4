"""A stand-in offers what is asked of the module that it takes the place of, and takes no other place."""

import ast
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tools.package.stand_ins import with_stand_ins

_DOCS = "botocore/docs"
_ENTRIES = {
    "botocore/client.pyc": b"client",
    f"{_DOCS}/__init__.pyc": b"makes docstrings",
    f"{_DOCS}/bcdoc/restdoc.pyc": b"makes docstrings",
    f"{_DOCS}/docstring.pyc": b"makes docstrings",
    f"{_DOCS}/utils.pyc": b"asked for by name",
    "redis/__init__.pyc": b"imports everything",
    "redis/asyncio/__init__.pyc": b"imports everything",
    "redis/asyncio/observability/recorder.pyc": b"asked for by name",
    "redis/client.pyc": b"client",
    "urllib3/http2/__init__.py": b"looks for versions",
    "urllib3/http2/probe.py": b"asked for by name",
}


def _imported(package: str, target: str) -> set[tuple[str, str]]:
    """What the modules right below a package import out of the target, by module, when they are imported themselves."""
    files = Path(str(import_module(package).__file__)).parent.glob("*.py")
    nodes = (node for file in files for node in ast.parse(file.read_text()).body)
    return {
        (node.module or "", name.name)
        for node in nodes
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(target)
        for name in node.names
    }


def _stand_in(name: str) -> dict[str, Any]:
    module: dict[str, Any] = {}
    exec(with_stand_ins(_ENTRIES)[name], module)
    return module


def test_each_takes_the_place_of_one_module_and_everything_else_stays_but_what_made_docstrings() -> None:
    assert set(with_stand_ins(_ENTRIES)) == {
        "botocore/client.pyc",
        f"{_DOCS}/__init__.py",
        f"{_DOCS}/docstring.py",
        f"{_DOCS}/utils.pyc",
        "redis/__init__.py",
        "redis/asyncio/__init__.py",
        "redis/asyncio/observability/recorder.pyc",
        "redis/client.pyc",
        "urllib3/http2/__init__.py",
        "urllib3/http2/probe.py",
    }


def test_a_package_without_those_modules_gets_no_stand_ins() -> None:
    assert with_stand_ins({"jwt/__init__.pyc": b"tokens"}) == {"jwt/__init__.pyc": b"tokens"}


def test_there_is_a_stand_in_for_all_that_botocore_asks_of_its_documentation() -> None:
    asked, module = _imported("botocore", "botocore.docs"), _stand_in(f"{_DOCS}/docstring.py")
    for name in (name for source, name in asked if source == "botocore.docs.docstring"):
        assert module[name](method_name="put_item", event_emitter=None) == ""
    assert {source for source, _ in asked} == {"botocore.docs.docstring", "botocore.docs.utils"}


def test_the_one_of_redis_tells_its_version_and_where_everything_else_is(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("redis")
    monkeypatch.setattr(module, "__getattr__", _stand_in("redis/__init__.py")["__getattr__"], raising=False)
    assert module.__version__ == version("redis")
    with pytest.raises(AttributeError, match="without 'RedisCluster'"):
        _ = module.RedisCluster


def test_no_module_asks_redis_itself_or_http2_for_anything_but_modules_of_it() -> None:
    asked = {(source, name) for source, name in _imported("redis", "redis") if source in ("redis", "redis.asyncio")}
    packages = Path(str(import_module("redis").__file__)).parent
    needed = {name for source, name in asked if source == "redis" and not list(packages.glob(f"{name}*"))}
    assert needed == set()
    assert {name for _, name in _imported("urllib3", "http2")} == {"probe"}
