"""XML as a stream of small trees, without anything that makes XML dangerous.

A document type is refused before anything in it is read: no entity is ever declared, so none expands or fetches.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from tools.bank.results import Refusal, Refused

_DEEPEST = 50
AT_ONCE = 65_536


@dataclass(slots=True)
class Element:
    """One element, with the line it begins on and the text directly in it."""

    name: str
    attributes: dict[str, str]
    line: int
    pieces: list[str] = field(default_factory=list)
    children: list["Element"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text directly in the element, trimmed as Moodle does."""
        return "".join(self.pieces).strip(" \t\n\r\0\x0b")

    def all(self, name: str) -> Iterator["Element"]:
        """The children of this name."""
        return (child for child in self.children if child.name == name)

    def get(self, *path: str) -> "Element":
        """The first element at the end of a path; an empty one where there is none."""
        found = self
        for name in path:
            found = next(found.all(name), _nothing(name))
        return found


def children_of_root(text: str, root: str) -> Iterator[Element | Refused]:
    """Each child of the root; at most one refusal, of everything from that line on."""
    builder = _Builder(root)
    # The encoding named in the document is not the one of a text that has been decoded already.
    data = text.encode("utf-8", "replace")
    try:
        # Each tree is gone before the next ones are built: thousands of them would keep the garbage collector busy.
        for begin in range(0, len(data), AT_ONCE):
            builder.parse(data[begin : begin + AT_ONCE])
            yield from builder.taken()
        builder.parse(b"", is_last=True)
        yield from builder.taken()
    except Refusal as refusal:
        yield from builder.taken()
        yield Refused(builder.line, str(refusal))
    except expat.ExpatError as error:
        yield from builder.taken()
        yield Refused(error.lineno, f"not XML from here on: {expat.ErrorString(error.code)}")


class _Builder:
    def __init__(self, root: str) -> None:
        self._root = root
        self._open: list[Element] = []
        self._done: list[Element] = []
        self._parser = expat.ParserCreate(encoding="utf-8")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._doctype

    @property
    def line(self) -> int:
        return self._parser.CurrentLineNumber

    def parse(self, data: bytes, is_last: bool = False) -> None:
        self._parser.Parse(data, is_last)

    def taken(self) -> list[Element]:
        """What has been completed since the last time."""
        done, self._done = self._done, []
        return done

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._open and name != self._root:
            raise Refusal(f"the root is <{name[:50]}>, not <{self._root}>")
        if len(self._open) == _DEEPEST:
            raise Refusal("the elements are nested too deep")
        self._open.append(Element(name, attributes, self.line))

    def _end(self, name: str) -> None:
        element = self._open.pop()
        if len(self._open) == 1:
            self._done.append(element)
        elif self._open:
            self._open[-1].children.append(element)

    def _characters(self, text: str) -> None:
        if len(self._open) > 1:
            self._open[-1].pieces.append(text)

    def _doctype(self, *_: object) -> None:
        raise Refusal("a document type (DTD) is not taken: it could declare entities")


def _nothing(name: str) -> Element:
    return Element(name, {}, 0)
