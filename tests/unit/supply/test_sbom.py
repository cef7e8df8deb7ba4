"""The list beside a zip is valid, complete, and the same for the same zip."""

import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import jsonschema_rs
import pytest

from tools.package import PackageError, build
from tools.supply import lock, sbom
from tools.supply.licences import is_allowed

NAMES = ["authorizer", "queue"]

Documents = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("lambda")
    build("lambda", NAMES, out=made)
    sbom.write("lambda", made)
    return made


@pytest.fixture(scope="module")
def documents(folder: Path) -> Documents:
    return {name: json.loads((folder / f"{name}.cdx.json").read_text()) for name in NAMES}


def _schema(name: str) -> Any:
    return json.loads((resources.files("cyclonedx.schema") / "_res" / f"{name}.SNAPSHOT.schema.json").read_text())


def _validator() -> jsonschema_rs.Validator:
    main = _schema("bom-1.6")
    others = ("spdx", "jsf-0.82", "cryptography-defs")
    registry = jsonschema_rs.Registry(
        [(urljoin(main["$id"], f"{name}.SNAPSHOT.schema.json"), _schema(name)) for name in others]
    )
    return jsonschema_rs.validator_for(main, registry=registry, validate_formats=True)


def _components(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for component in document.get("components", ()):
        yield component
        yield from _components(component)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_valid_cyclonedx(documents: Documents, name: str) -> None:
    validator = _validator()
    assert [error.message for error in validator.iter_errors(documents[name])] == []
    assert not validator.is_valid(documents[name] | {"components": [{"type": "library"}]})


@pytest.mark.parametrize("name", NAMES)
def test_it_names_exactly_what_is_inside(documents: Documents, folder: Path, name: str) -> None:
    with zipfile.ZipFile(folder / f"{name}.zip") as opened:
        files = opened.namelist()
    inside = {file.split(".dist-info/")[0] for file in files if ".dist-info/" in file}
    named = {f"{part['name'].replace('-', '_')}-{part['version']}" for part in documents[name]["components"]}
    assert named == inside


@pytest.mark.parametrize("name", NAMES)
def test_every_part_has_hashes_of_the_lock_and_a_licence_whose_text_is_in_the_zip(
    documents: Documents, folder: Path, name: str
) -> None:
    pins = {pin.name: pin for pin in lock.read(lock.REQUIREMENTS / "lambda.txt")}
    with zipfile.ZipFile(folder / f"{name}.zip") as opened:
        texts = {file.split("-")[0] for file in opened.namelist() if ".dist-info/" in file and "LICENSE" in file}
    for part in documents[name]["components"]:
        assert [found["content"] for found in part["hashes"]] == list(pins[part["name"]].hashes)
        assert part["name"].replace("-", "_") in texts


@pytest.mark.parametrize("name", NAMES)
def test_everything_inside_may_be_shipped(documents: Documents, name: str) -> None:
    parts = list(_components(documents[name]))
    assert [part["purl"] for part in parts if not is_allowed(part["licenses"][0]["expression"])] == []


def test_what_is_compiled_into_a_wheel_is_told(documents: Documents) -> None:
    [cryptography] = [part for part in documents["authorizer"]["components"] if part["name"] == "cryptography"]
    inside = {part["purl"].split("@")[0] for part in cryptography["components"]}
    assert {"pkg:generic/openssl", "pkg:cargo/asn1"} <= inside
    assert not any("download_url" in part["purl"] for part in cryptography["components"])


@pytest.mark.parametrize("name", NAMES)
def test_everything_hangs_together(documents: Documents, name: str) -> None:
    graph = {entry["ref"]: entry["dependsOn"] for entry in documents[name]["dependencies"]}
    waiting, reached = [f"quiz-{name}"], set[str]()
    while waiting:
        if (ref := waiting.pop()) not in reached:
            reached.add(ref)
            waiting += graph[ref]
    assert reached == set(graph) == {f"quiz-{name}", *(part["bom-ref"] for part in documents[name]["components"])}


def test_the_same_zip_gives_the_same_list(folder: Path, tmp_path: Path) -> None:
    copy = shutil.copy(folder / "queue.zip", tmp_path)
    os.utime(copy, (1, 1))
    [written] = sbom.write("lambda", tmp_path)
    assert written.read_bytes() == (folder / "queue.cdx.json").read_bytes()
    assert "timestamp" not in written.read_text()


def test_without_zips_it_says_how_to_make_them(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=r"python -m tools\.package --target lambda"):
        sbom.write("lambda", tmp_path)
