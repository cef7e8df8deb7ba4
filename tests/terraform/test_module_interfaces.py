"""Modules read alike: the same thing has the same interface everywhere, and every file stays small."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from tools import module_docs, terraform
from tools.module_docs import Block
from tools.paths import ROOT

_MODULES = module_docs.modules()
_MOST_LINES = 150
# The composition of all modules has some lines for each.
_MOST_LINES_OF_COMPOSITION = 200
_MOST_VARIABLES = 15

# Required where a module would be useless without them, and then they say what for.
_DIFFERS_ON_PURPOSE = {"environment", "grants"}

each_module = pytest.mark.parametrize("module", _MODULES, ids=lambda module: module.name)
each_directory = pytest.mark.parametrize("directory", [ROOT, *_MODULES], ids=lambda directory: directory.name)


def _variables(directory: Path) -> list[Block]:
    return module_docs.variables(directory)


def _outputs(directory: Path) -> list[Block]:
    return module_docs.read(directory / "outputs.tf")


class TestTheSameVariable:
    def _by_name(self) -> dict[str, dict[str, Block]]:
        found: dict[str, dict[str, Block]] = defaultdict(dict)
        for module in _MODULES:
            for block in _variables(module):
                found[block.name][module.name] = block
        return found

    def test_has_the_same_type_in_every_module(self) -> None:
        types = {
            name: {module: block.arguments["type"] for module, block in blocks.items()}
            for name, blocks in self._by_name().items()
        }
        assert not {name: by_module for name, by_module in types.items() if len(set(by_module.values())) > 1}

    def test_says_refuses_and_defaults_to_the_same_in_every_module(self) -> None:
        different = {
            name: sorted(blocks)
            for name, blocks in self._by_name().items()
            if name not in _DIFFERS_ON_PURPOSE
            and any(block != next(iter(blocks.values())) for block in blocks.values())
        }
        assert not different


class TestVariablesAndOutputs:
    @each_directory
    def test_have_descriptions_that_are_sentences(self, directory: Path) -> None:
        for block in [*_variables(directory), *_outputs(directory)]:
            assert block.description[:1].isupper(), block.name
            assert block.description.endswith("."), block.name

    @each_directory
    def test_are_in_alphabetical_order(self, directory: Path) -> None:
        for file in [*directory.glob("variables*.tf"), directory / "outputs.tf"]:
            names = [block.name for block in module_docs.read(file)]
            assert names == sorted(names), file.name

    @each_directory
    def test_say_first_what_they_are(self, directory: Path) -> None:
        for block in _variables(directory):
            order = ["description", "type", "default", "nullable"]
            assert list(block.arguments) == [name for name in order if name in block.arguments], block.name

    @each_directory
    def test_take_no_type_but_a_definite_one(self, directory: Path) -> None:
        assert not [block.name for block in _variables(directory) if re.search(r"\bany\b", block.arguments["type"])]

    @each_directory
    def test_take_null_for_the_default_unless_null_is_the_default(self, directory: Path) -> None:
        for block in _variables(directory):
            default = block.arguments.get("default", "null")
            assert default == "null" or block.arguments.get("nullable") == "false", block.name

    @each_directory
    def test_take_no_null_for_a_collection(self, directory: Path) -> None:
        collections = ("list(", "map(", "set(")
        found = [block for block in _variables(directory) if block.arguments["type"].startswith(collections)]
        assert not [block.name for block in found if block.arguments.get("nullable") != "false"]

    @each_directory
    def test_are_few(self, directory: Path) -> None:
        assert len(_variables(directory)) <= _MOST_VARIABLES


class TestFiles:
    @each_directory
    def test_are_short(self, directory: Path) -> None:
        lengths = {file.name: len(file.read_text().splitlines()) for file in directory.glob("*.tf")}
        most = {"main.tf": _MOST_LINES_OF_COMPOSITION}
        assert not {name: length for name, length in lengths.items() if length > most.get(name, _MOST_LINES)}

    @each_module
    def test_of_versions_are_all_the_same(self, module: Path) -> None:
        assert (module / "versions.tf").read_text() == (_MODULES[0] / "versions.tf").read_text()

    def test_are_formatted(self) -> None:
        assert terraform.run(["fmt", "-check", "-recursive", "-list=true"]) == ""
