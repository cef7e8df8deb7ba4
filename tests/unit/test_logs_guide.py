"""What docs/logs.md says of the logs is what the code does."""

import re

import pytest

from adapters import correlation, log_lines
from tests.unit.runbooks.queries import problems
from tools.paths import ROOT

GUIDE = (ROOT / "docs" / "logs.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"^```\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("query", QUERIES)
def test_its_queries_name_what_is_logged(query: str) -> None:
    assert problems(query) == []


def test_it_has_queries() -> None:
    assert len(QUERIES) >= 5


def test_it_names_the_fields_that_lines_carry() -> None:
    fields = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| `.*? \|", GUIDE, re.MULTILINE))))
    assert fields >= {"correlation_id", "request_id", "function_version", "service", "quiz_id", "game_id", "outcome"}
    assert correlation.NAME in fields
    assert log_lines.LEFT_OUT in GUIDE
