"""Elements as text."""

import re
from xml.sax.saxutils import escape, quoteattr

from tools.bank.formats.moodle_xml.tree import Element, children_of_root

# What XML 1.0 cannot hold in any spelling.
_IMPOSSIBLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(name: str, inside: str, **attributes: str) -> str:
    """An element around what is markup already."""
    said = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<{name}{said}>{inside}</{name}>\n"


def plain_element(name: str, text: str) -> str:
    """An element with its text directly in it."""
    return element(name, _text(text))


def text_element(name: str, text: str, beside: str = "", **attributes: str) -> str:
    """An element with its text in another one, as Moodle has it."""
    return element(name, f"<text>{_text(text)}</text>{beside}", **attributes)


def element_of(markup: str) -> Element:
    """The element that the markup of one is."""
    [found] = children_of_root(f"<quiz>{markup}</quiz>", "quiz")
    if not isinstance(found, Element):
        raise TypeError(found.reason)
    return found


def _text(text: str) -> str:
    return escape(_IMPOSSIBLE.sub("", text), {"\r": "&#13;"})
