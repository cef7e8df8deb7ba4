"""Licences are known, allowed where something is shipped, and the page about them is current."""

from importlib import metadata
from pathlib import Path

import pytest

from tools.supply import page
from tools.supply.licences import LicenceUnknown, is_allowed, of_distribution
from tools.supply.lock import Pin


def test_the_page_is_current() -> None:
    assert page.PAGE.read_text() == page.rendered(), "run: make docs"


@pytest.mark.parametrize("pin", page.shipped(), ids=lambda pin: pin.name)
def test_what_is_shipped_may_be(pin: Pin) -> None:
    assert is_allowed(of_distribution(metadata.distribution(pin.name)))


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("MIT OR GPL-3.0-only", True),
        ("MIT AND GPL-3.0-only", False),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", True),
        ("Apache-2.0 WITH LLVM-exception", True),
        ("GPL-2.0-only WITH Classpath-exception-2.0", False),
        ("MPL-2.0", False),
        ("AGPL-3.0-or-later", False),
    ],
)
def test_a_licence_is_allowed_if_it_can_be_met(expression: str, allowed: bool) -> None:
    assert is_allowed(expression) is allowed


@pytest.mark.parametrize(
    ("headers", "licence"),
    [
        ("License-Expression: MIT OR Apache-2.0", "MIT OR Apache-2.0"),
        ("License: Apache License 2.0", "Apache-2.0"),
        ("License: MIT License\n        Copyright (c) 2022", "MIT"),
        ("License: see the file\nClassifier: License :: OSI Approved :: MIT License", "MIT"),
        ("Classifier: License :: OSI Approved\nClassifier: License :: OSI Approved :: BSD License", "BSD-3-Clause"),
    ],
)
def test_metadata_of_each_age_is_understood(tmp_path: Path, headers: str, licence: str) -> None:
    assert of_distribution(_distribution(tmp_path, headers)) == licence


@pytest.mark.parametrize(
    "headers",
    [
        "License: see the file",
        "License-Expression: My-Own",
        "Classifier: License :: OSI Approved :: MIT License\nClassifier: License :: OSI Approved :: BSD License",
    ],
)
def test_a_licence_is_never_guessed(tmp_path: Path, headers: str) -> None:
    with pytest.raises(LicenceUnknown, match="licence of some-thing is not in its metadata"):
        of_distribution(_distribution(tmp_path, headers))


def _distribution(folder: Path, headers: str) -> metadata.Distribution:
    info = folder / "some_thing-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.4\nName: some.thing\nVersion: 1.0\n{headers}\n")
    return metadata.PathDistribution(info)
