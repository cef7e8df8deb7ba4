"""What a handler reaches is found by reading its imports."""

from pathlib import Path

import pytest

from tests.unit.package.support import (
    third_party,
    write_sources,
)
from tools.package import imports
from tools.package.errors import PackageError


def test_the_real_handlers() -> None:
    assert imports.services("queue") == {"dynamodb", "sqs"}
    assert imports.services("queue.groups") == set()
    reached = imports.reached_modules("queue.submissions")
    assert {"handlers", "handlers.queue.groups", "adapters.dynamo", "quiz.errors"} <= reached
    assert "adapters.events" not in reached


def test_imports_for_type_checkers_are_ignored(tmp_path: Path) -> None:
    src = write_sources(
        tmp_path, "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n  import redis\nelse:\n  import six\n"
    )
    assert third_party(src) == {"six"}


def test_imports_inside_functions_and_of_all_forms_are_found(tmp_path: Path) -> None:
    body = "import os.path\nfrom . import near\nfrom adapters import far as f, NAME\ndef run():\n  import redis\n"
    src = write_sources(
        tmp_path,
        body,
        {"handlers/demo/near.py": "import adapters.deep.end", "adapters/far.py": "", "adapters/deep/end.py": ""},
    )
    reached = imports.reached_modules("demo", src)
    assert {"handlers.demo.near", "adapters.far", "adapters.deep", "adapters.deep.end"} <= reached
    assert third_party(src) == {"redis"}


@pytest.mark.parametrize(
    "body",
    [
        "from adapters import clients\nclients.make('sqs')",
        "import adapters.clients\nadapters.clients.make('sqs')",
        "from adapters.clients import make as made\ndef run():\n  return made('sqs')",
    ],
)
def test_services_are_read_from_calls(tmp_path: Path, body: str) -> None:
    assert imports.services("demo", write_sources(tmp_path, body)) == {"sqs"}


@pytest.mark.parametrize("use", ["clients.make(name)", "clients.make(service='sqs')", "map(clients.make, [])"])
def test_a_service_that_cannot_be_read_is_refused(tmp_path: Path, use: str) -> None:
    src = write_sources(tmp_path, f"from adapters import clients\nname = 'sqs'\n{use}\n")
    with pytest.raises(PackageError, match=r"src/handlers/demo/run\.py:3 .*clients\.make"):
        imports.services("demo", src)


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("import handlers.other", r"run\.py:1 imports handlers\.other, which is not in the zip of demo"),
        ("import adapters.nowhere", r"run\.py:1 imports adapters\.nowhere, which does not exist"),
        ("def (", r"run\.py:1 is not Python"),
    ],
)
def test_what_cannot_work_is_refused_with_its_place(tmp_path: Path, body: str, complaint: str) -> None:
    with pytest.raises(PackageError, match=complaint):
        imports.reach("demo", write_sources(tmp_path, body, {"handlers/other/__init__.py": ""}))
