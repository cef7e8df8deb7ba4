"""The examples of the guide are what they say they are."""

import re

import pytest

from tests.unit.bank.support import refusals
from tools.bank.formats import FORMATS
from tools.bank.formats.table.columns import COLUMNS
from tools.paths import ROOT

GUIDE = (ROOT / "docs" / "bank.md").read_text("utf-8")
FENCES = {"gift": "gift", "moodle-xml": "xml", "csv": "csv", "jsonl": "json"}


@pytest.mark.parametrize("name", FORMATS)
def test_its_examples_can_be_imported(name: str) -> None:
    [example] = re.findall(rf"```{FENCES[name]}\n(.*?)```", GUIDE, re.DOTALL)
    assert FORMATS[name].read(example)
    assert refusals(name, example) == []


def test_it_names_every_column() -> None:
    for column in COLUMNS:
        assert f"`{column}`" in GUIDE
