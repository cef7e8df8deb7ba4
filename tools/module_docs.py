"""Tables of inputs and outputs in the modules' READMEs.

It reads Terraform as `terraform fmt` leaves it, and refuses what it does not know rather than leave something out.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from tools.paths import ROOT

MODULES = ROOT / "modules"
_BEGIN, _END = "<!-- BEGIN GENERATED -->", "<!-- END GENERATED -->"

_BLOCK = re.compile(r'^(?:variable|output) "(?P<name>\w+)" \{\n(?P<body>.*?)^\}$', re.MULTILINE | re.DOTALL)
# An entry ends where a line is indented as little as its first one, unless that line only closes brackets.
_ENTRY = re.compile(
    r"^  (?P<name>\w+) +(?P<opening>=|\{)(?P<value>.*(?:\n(?: {3,}.*|  [\])}].*|(?=\n)))*)", re.MULTILINE
)
_COMMENT_OR_BLANK = re.compile(r"\s*(?:#.*)?")


class DocsError(Exception):
    """A file that cannot be read, or a README that does not say what its module does."""


@dataclass(frozen=True)
class Block:
    """A variable or an output: its arguments as they are written, and its validations."""

    name: str
    arguments: dict[str, str]
    validations: tuple[str, ...]

    @property
    def description(self) -> str:
        """The description without its quotes."""
        return self.arguments.get("description", "").strip('"').replace('\\"', '"')

    @property
    def required(self) -> bool:
        """Whether a caller has to say it."""
        return "default" not in self.arguments


def read(file: Path) -> list[Block]:
    """The blocks of a variables.tf or outputs.tf, in their order."""
    text = file.read_text()
    _refuse_rest(_BLOCK.sub("", text), file)
    return [_block(match["name"], match["body"], file) for match in _BLOCK.finditer(text)]


def variables(directory: Path) -> list[Block]:
    """The variables of a directory: those of variables.tf, and then those of its longer companions."""
    return [
        block
        for file in sorted(directory.glob("variables*.tf"), key=lambda file: len(file.name))
        for block in read(file)
    ]


def _block(name: str, body: str, file: Path) -> Block:
    _refuse_rest(_ENTRY.sub("", body), file)
    entries = list(_ENTRY.finditer(body))
    arguments = {entry["name"]: entry["value"].strip() for entry in entries if entry["opening"] == "="}
    validations = tuple(entry["value"].strip() for entry in entries if entry["opening"] == "{")
    return Block(name, arguments, validations)


def _refuse_rest(rest: str, file: Path) -> None:
    if unknown := [line for line in rest.splitlines() if not _COMMENT_OR_BLANK.fullmatch(line)]:
        raise DocsError(f"{file.relative_to(ROOT)} holds a line that this reader does not know: {unknown[0]!r}")


def tables(module: Path) -> str:
    """What belongs between the markers of the module's README."""
    inputs = sorted(variables(module), key=lambda block: (not block.required, block.name))
    outputs = sorted(read(module / "outputs.tf"), key=lambda block: block.name)
    lines = ["## Inputs", "", "| name | description | type | default |", "| --- | --- | --- | --- |"]
    lines += [
        _row(f"`{block.name}`", block.description, _code(block.arguments["type"]), _default(block)) for block in inputs
    ]
    lines += ["", "## Outputs", "", "| name | description |", "| --- | --- |"]
    lines += [_row(f"`{block.name}`", block.description) for block in outputs]
    return "\n".join(lines)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _default(block: Block) -> str:
    return "required" if block.required else _code(block.arguments["default"])


def _code(expression: str) -> str:
    """An expression on one line; where only a line break separated two attributes, a comma does."""
    joined = ""
    for line in expression.splitlines():
        part = re.sub(r"\s+", " ", line.strip())
        follows_opening, closes = joined.endswith(("{", "(", "[")), part.startswith(("}", ")", "]"))
        separator = "" if not joined else " " if follows_opening or closes or joined.endswith(",") else ", "
        joined += separator + part
    return f"`{joined}`"


def rendered(module: Path) -> str:
    """The module's README as it should be."""
    readme = module / "README.md"
    before, begin, rest = readme.read_text().partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not (begin and end):
        raise DocsError(f"{readme.relative_to(ROOT)} needs the lines {_BEGIN} and {_END}")
    return f"{before}{_BEGIN}\n{tables(module)}\n{_END}{after}"


def modules() -> list[Path]:
    """Every module there is."""
    return sorted(file.parent for file in MODULES.glob("*/variables.tf"))
