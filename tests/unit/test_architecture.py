"""Arrows point inward, and nothing happens at import but definitions."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.builders import SRC
from tests.unit.subprocesses import run_python

# Which of our packages each may import; what is outside of it and ours is wrong.
ALLOWED = {
    "handlers": {"handlers", "adapters", "quiz"},
    "adapters": {"adapters", "quiz"},
    "quiz": {"quiz"},
}
AWS = {"aws_lambda_powertools", "aws_xray_sdk", "boto3", "botocore", "mypy_boto3_dynamodb", "mypy_boto3_sqs"}
MODULES = sorted(path.relative_to(SRC) for path in SRC.rglob("*.py"))
NAMES = [".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in MODULES]


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse((SRC / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide where an arrow points"
            yield node.module or ""


def _packages(path: Path) -> set[str]:
    return {name.split(".")[0] for name in _imported(path)}


def test_every_package_has_its_place() -> None:
    assert {path.parts[0] for path in MODULES} == set(ALLOWED)


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_arrows_point_inward(path: Path) -> None:
    assert _packages(path) & set(ALLOWED) <= ALLOWED[path.parts[0]]


@pytest.mark.parametrize("path", [path for path in MODULES if path.parts[0] == "quiz"], ids=str)
def test_the_rules_know_nothing_of_aws(path: Path) -> None:
    assert not _packages(path) & AWS


@pytest.mark.parametrize("path", [path for path in MODULES if path.parts[0] == "quiz"], ids=str)
def test_the_rules_have_no_clock_and_no_chance_of_their_own(path: Path) -> None:
    source = (SRC / path).read_text(encoding="utf-8")
    assert not _packages(path) & {"os", "random", "secrets", "time", "uuid"}
    assert ".now(" not in source
    assert ".utcnow(" not in source


@pytest.mark.parametrize("path", [path for path in MODULES if path.parts[0] == "handlers"], ids=str)
def test_handlers_leave_aws_to_the_adapters(path: Path) -> None:
    assert not _packages(path) & AWS


def test_tracing_is_named_in_one_file_alone() -> None:
    assert [str(path) for path in MODULES if "aws_xray_sdk" in _packages(path)] == ["adapters/observability.py"]


def test_boto3_is_not_used() -> None:
    assert [str(path) for path in MODULES if "boto3" in _packages(path)] == []


def test_importing_any_module_needs_no_environment_and_touches_nothing() -> None:
    # GIVEN a process in which a client, a connection or a thread would be an error
    code = f"""
        import importlib, socket, threading
        import botocore.session

        def forbidden(*args, **kwargs):
            raise AssertionError("something happened at import")

        botocore.session.Session.create_client = forbidden
        socket.socket.connect = socket.socket.sendto = forbidden
        threading.Thread.start = forbidden
        for name in {NAMES!r}:
            importlib.import_module(name)
            print(name)
    """
    assert run_python(code) == NAMES


ENTRY_POINTS = [
    name
    for name, path in zip(NAMES, MODULES, strict=True)
    if path.parts[0] == "handlers" and "def handler(" in (SRC / path).read_text(encoding="utf-8")
]


@pytest.mark.parametrize("name", ENTRY_POINTS)
def test_each_handler_starts_alone_and_without_boto3(name: str) -> None:
    assert run_python(f"import {name}, sys\nprint(callable({name}.handler), 'boto3' in sys.modules)") == ["True False"]


def test_there_are_handlers_to_speak_of() -> None:
    assert {"handlers.queue.submissions", "handlers.tables.stream"} <= set(ENTRY_POINTS)
