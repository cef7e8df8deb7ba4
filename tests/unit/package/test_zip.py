"""The zips: the same bytes for the same input, with everything that a function needs and nothing else."""

import os
import sys
from pathlib import Path

import pytest

from tests.unit.package.support import (
    build_into,
    contents,
    copy_sources,
    models,
)
from tools.package import archive, imports
from tools.package.errors import PackageError
from tools.paths import ROOT


def test_is_the_same_whatever_modes_times_and_order_of_files(tmp_path: Path) -> None:
    copy_sources(tmp_path / "one" / "src", seed=1, mode=0o600)
    second = copy_sources(tmp_path / "two" / "src", seed=2, mode=0o755)
    (second / "quiz" / "__pycache__").mkdir()
    (second / "quiz" / "__pycache__" / "errors.cpython-311.pyc").write_bytes(b"old")
    (second / "quiz" / ".errors.py.swp").write_bytes(b"draft")
    built = [build_into("local", tmp_path / copy / "out", tmp_path / copy / "src") for copy in ("one", "two")]
    for name in imports.handler_packages():
        first, again = ((out / f"{name}.zip").read_bytes() for out in built)
        assert first == again


def test_is_left_alone_when_nothing_changed(tmp_path: Path) -> None:
    path = tmp_path / "it.zip"
    archive.write({"a.txt": b"1"}, path)
    os.utime(path, (1, 1))
    archive.write({"a.txt": b"1"}, path)
    assert path.stat().st_mtime == 1
    archive.write({"a.txt": b"2"}, path)
    assert path.stat().st_mtime != 1


def test_holds_its_own_handlers_alone(zips: Path) -> None:
    for name in imports.handler_packages():
        files = contents(zips / f"{name}.zip")
        inside = {file.split("/")[1] for file in files if file.startswith("handlers/")}
        assert inside - {"__pycache__"} == {"__init__.py", name}
        assert {"quiz/scoring.py", "adapters/clients.py", f"handlers/{name}/__init__.py"} <= set(files)


def test_holds_only_what_it_needs(zips: Path) -> None:
    queue, tables = (contents(zips / f"{name}.zip") for name in ("queue", "tables"))
    # Nothing there imports boto3, and pip's commands and the toolbox's other tools are no use to a function.
    unwanted = ("redis/", "boto3/", "s3transfer/", "bin/", "aws_lambda_powertools/utilities/parser/")
    assert not [file for file in (*queue, *tables) if file.startswith(unwanted)]
    assert models(queue) == {"dynamodb", "sqs"}
    assert models(tables) == {"dynamodb", "events", "s3"}


def test_keeps_licences_and_versions(zips: Path) -> None:
    files = contents(zips / "queue.zip")
    metadata = {file.split("/")[0] for file in files if ".dist-info/" in file}
    for folder in metadata:
        assert f"{folder}/METADATA" in files
        assert [file for file in files if file.startswith(f"{folder}/LICEN") or f"{folder}/licenses/" in file] or (
            "botocore" in folder
        )


def test_is_within_the_limit(zips: Path) -> None:
    assert not [path.name for path in zips.glob("*.zip") if path.stat().st_size > archive.limit_of(path.stem)]


def test_names_no_path_of_the_machine_that_built_it(zips: Path) -> None:
    places = {str(ROOT), str(zips), sys.prefix, sys.base_prefix, str(Path.home())} - {"/usr", "/usr/local", "/root"}
    for path in zips.glob("*.zip"):
        for name, content in contents(path).items():
            assert not [place for place in places if place.encode() in content], name


def test_over_the_limit_is_refused_with_its_biggest_parts(tmp_path: Path) -> None:
    entries = {"big/data.bin": bytes(archive.LIMIT), "small.py": b""}
    with pytest.raises(PackageError, match=r"more than 8: big/data.bin 8.0 MB"):
        archive.write(entries, tmp_path / "it.zip")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["queue/__init__.py", "platform.py", "select.cpython-313-x86_64-linux-gnu.so"])
def test_shadows_no_standard_module(tmp_path: Path, name: str) -> None:
    with pytest.raises(PackageError, match="shadow the standard library"):
        archive.write({name: b""}, tmp_path / "it.zip")
