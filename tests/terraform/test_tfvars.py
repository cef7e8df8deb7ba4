"""Environments set what the root declares: Terraform only warns about a misspelled key."""

import re
from pathlib import Path

import pytest

from tools import module_docs
from tools.paths import ROOT

_ENVIRONMENTS = sorted(ROOT.glob("environments/*.tfvars"))
_KEY = re.compile(r"^(\w+) *= *(.)", re.MULTILINE)
_OBJECT = re.compile(r"^(\w+) *= *\{\n(.*?)^\}", re.MULTILINE | re.DOTALL)
_ATTRIBUTE = re.compile(r"^ *(\w+) *=", re.MULTILINE)

# How a value of each type begins.
_BEGINS = {
    "string": '"',
    "number": "-0123456789",
    "bool": "tf",
    "list(string)": "[",
    "set(string)": "[",
    "map(string)": "{",
}


def _declared() -> dict[str, module_docs.Block]:
    return {block.name: block for block in module_docs.variables(ROOT)}


@pytest.fixture(params=_ENVIRONMENTS, ids=lambda file: file.stem)
def values(request: pytest.FixtureRequest) -> dict[str, str]:
    """The first character of each value, by key."""
    file: Path = request.param
    return dict(_KEY.findall(file.read_text()))


def test_an_environment_sets_declared_variables_alone(values: dict[str, str]) -> None:
    assert not set(values) - set(_declared())


def test_an_environment_sets_every_variable_without_a_default(values: dict[str, str]) -> None:
    assert not {name for name, block in _declared().items() if block.required} - set(values)


def test_an_environment_gives_each_variable_the_declared_type(values: dict[str, str]) -> None:
    types = {name: block.arguments["type"] for name, block in _declared().items() if name in values}
    begins = {name: "{" if kind.startswith("object(") else _BEGINS[kind] for name, kind in types.items()}
    assert not {name for name, characters in begins.items() if values[name] not in characters}


@pytest.mark.parametrize("file", _ENVIRONMENTS, ids=lambda file: file.stem)
def test_an_environment_sets_declared_attributes_of_an_object_alone(file: Path) -> None:
    """Terraform drops others without a word."""
    declared = {name: set(_ATTRIBUTE.findall(block.arguments["type"])) for name, block in _declared().items()}
    for name, body in _OBJECT.findall(file.read_text()):
        assert set(_ATTRIBUTE.findall(body)) <= declared[name], name


@pytest.mark.parametrize("file", _ENVIRONMENTS, ids=lambda file: file.stem)
def test_an_environment_is_named_like_its_file(file: Path) -> None:
    assert f'"{file.stem}"' in re.findall(r"^environment *= *(.*)$", file.read_text(), re.MULTILINE)
