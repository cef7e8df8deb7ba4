"""Environments set what the root declares: Terraform only warns about a misspelled key."""

import re
from pathlib import Path

import pytest

from tools import module_docs
from tools.paths import ROOT

_ENVIRONMENTS = sorted(ROOT.glob("environments/*.tfvars"))
_KEY = re.compile(r"^(\w+) *= *(.)", re.MULTILINE)

# How a value of each type begins. An object would need its keys checked too: extra ones are dropped without a word.
_BEGINS = {
    "string": '"',
    "number": "-0123456789",
    "bool": "tf",
    "list(string)": "[",
    "set(string)": "[",
    "map(string)": "{",
}


def _declared() -> dict[str, module_docs.Block]:
    return {block.name: block for block in module_docs.read(ROOT / "variables.tf")}


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
    assert not {name for name, kind in types.items() if values[name] not in _BEGINS[kind]}


@pytest.mark.parametrize("file", _ENVIRONMENTS, ids=lambda file: file.stem)
def test_an_environment_is_named_like_its_file(file: Path) -> None:
    assert f'"{file.stem}"' in re.findall(r"^environment *= *(.*)$", file.read_text(), re.MULTILINE)
