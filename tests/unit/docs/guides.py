"""The documents with commands to type, and how each of these is known to be right.

What stands in a block of `sh` is one of three things: commands of this checkout; commands against the local stack,
which the stack suite runs; or, in a block of `sh aws`, commands that need an account. Runbooks and game days have tests
of their own.
"""

from collections.abc import Iterator

from tests.unit.runbooks import shell
from tools.markdown import Block, Document, files
from tools.paths import ROOT

# Of these the stack suite runs every block of `sh`, in the order in which they are read.
ON_STACK = ("docs/adaptive.md", "docs/api.md", "docs/intake.md", "docs/live.md", "docs/lms.md", "docs/local-stack.md")

NEEDS_AWS = ("aws",)
# They reach the local stack where `.local/outputs.json` tells them to.
_REACHES = {"api", "aws", "curl"}
_OTHERS = ("CHANGELOG.md", "docs/game-days.md", "docs/runbooks/")

Command = list[str]


def guides() -> list[Document]:
    """Every document but those with tests of their own, and what is told of the past alone."""
    read = [Document.read(path) for path in files(ROOT)]
    return [document for document in read if not document.name.startswith(_OTHERS)]


def blocks(document: Document) -> list[Block]:
    """What is to be typed into a shell."""
    return [block for block in document.blocks if block.language == "sh"]


def commands(block: Block) -> list[Command]:
    """The commands of a block, and those within them; a tool is run by `python`, whichever that is."""
    return [_plain(words) for words in shell.commands(block.text)]


def all_commands(document: Document, name: str) -> Iterator[Command]:
    """The document's commands of one program."""
    for block in blocks(document):
        yield from (words for words in commands(block) if words[0] == name)


def _plain(words: Command) -> Command:
    return ["python", *words[1:]] if words[0].endswith("/python") else words


def kind(document: Document, block: Block) -> str:
    """What proves the block: `aws` by models alone, `stack` by running it, `here` by what this checkout has."""
    if block.marks == NEEDS_AWS:
        return "aws"
    assert not block.marks, f"{document.name}:{block.line}: sh or sh aws, not sh {' '.join(block.marks)}"
    typed = commands(block)
    far = [" ".join(words) for words in typed if _needs_an_account(words)]
    assert not far, f"{document.name}:{block.line}: this needs AWS, so say sh aws: {far}"
    if any(words[0] in _REACHES for words in typed):
        where = f"{document.name}:{block.line}"
        assert document.name in ON_STACK, f"{where}: nobody runs this; add the document to ON_STACK, or say sh aws"
        return "stack"
    return "here"


def _needs_an_account(words: Command) -> bool:
    if words[0] == "make":
        return bool({"plan", "deploy"} & set(words))
    if words[0] == "python":
        return "--env" in words or bool({"tools.doctor", "tools.release"} & set(words[2:3]))
    return words[0] == "terraform"
