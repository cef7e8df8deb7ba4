"""What the documents name in their sentences exists; and the check of commands finds what nobody runs."""

import re
import shlex

import pytest

from tests.unit.docs.guides import Command, guides, kind
from tests.unit.docs.test_commands import CLI_ALONE, targets
from tests.unit.runbooks import aws, shell
from tools.markdown import Block, Document
from tools.paths import ROOT


@pytest.mark.parametrize("document", guides(), ids=lambda document: document.name)
def test_what_sentences_name_is_there(document: Document) -> None:
    typed = [words for text in document.quoted if re.match(r"(make|aws|python) ", text) for words in _words(text)]
    assert {words[1] for words in typed if words[0] == "make" and "=" not in words[1]} <= targets()
    for words in typed:
        if words[0] == "python" and words[1:2] == ["-m"] and words[2].startswith("tools."):
            assert list(ROOT.glob(f"{words[2].replace('.', '/')}*")), words
        if words[0] == "aws" and len(words) > 2 and not CLI_ALONE.match(" ".join(words[1:3])):
            assert "there is no" not in "".join(aws.problems(words[:3])), words


def _words(text: str) -> list[Command]:
    try:
        return [words for words in shell.commands(text) if len(words) > 1]
    except (AssertionError, ValueError):
        return [shlex.split(text.split("'", 1)[0])]


class TestTheCheckItself:
    @pytest.mark.parametrize(
        "text",
        [
            "terraform output -raw region",
            "make plan ENV=staging",
            "python -m tools.dlq peek submissions --env production",
            "x=$(aws sts get-caller-identity)",
            "curl https://example.com",
        ],
    )
    def test_finds_what_nobody_runs(self, text: str) -> None:
        block = Block("sh", (), "", text, 1)
        with pytest.raises(AssertionError, match="sh aws"):
            kind(Document(ROOT / "docs" / "x.md", ""), block)

    def test_finds_another_mark(self) -> None:
        with pytest.raises(AssertionError, match="not sh later"):
            kind(Document(ROOT / "docs" / "x.md", ""), Block("sh", ("later",), "", "make up", 1))
