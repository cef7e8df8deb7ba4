"""Ordering questions, as Moodle's ordering plugin writes them: settings on one line, then one item a line."""

import re

from quiz.keys import Ordering
from quiz.questions import Question
from tools.bank import answers as keys
from tools.bank.answers import Fields
from tools.bank.formats.gift.escapes import SPACE, read_text
from tools.bank.formats.gift.notes import Notes
from tools.bank.results import Refusal

_EXACT, _PER_POSITION = "ALL_OR_NOTHING", "ABSOLUTE_POSITION"
_GRADING = re.compile(r"(ABS|RELATIVE|LONGEST)\w*$")
_SETTING = re.compile(
    r"\d+|ALL|EXACT|RANDOM|REL|CONTIG(?:UOUS)?|H|HORI(?:ZONTAL)?|V|VERT(?:ICAL)?|ALL_OR_NOTHING|ABS(?:OLUTE\w*)?"
    r"|RELATIVE\w*|LONGEST_\w+|SHOW|TRUE|YES|HIDE|FALSE|NO|none|abc|ABCD|123|iii|IIII"
)
# Only these are escaped: the plugin reads its lines as they stand, and would show every other backslash.
_ITEM = re.compile(r"[\\{}\n\r]|####+")
_BREAKS = {"\n": r"\n", "\r": ""}
# A line that would end the question, or be a comment, has to begin with something.
_NO_ITEM = re.compile(rf"[{SPACE}]*(//|$)")


def read_ordering(content: str, notes: Notes) -> Fields:
    """The key and the options. Every rule that pays for a part of the order becomes `per_position`."""
    first, *lines = content.split("\n")
    settings = first.split()
    if not all(_SETTING.fullmatch(word) for word in settings):
        settings, lines = [], [first, *lines]
    rule = "per_position" if any(_GRADING.match(word) for word in settings) else "exact"
    items = [read_text(line)[0] for line in lines if line.strip(SPACE)]
    said = keys.ordering(items, rule)
    order, shown = notes.words("order"), notes.words("options")
    if order is None or shown is None:
        return said
    if sorted(order) != sorted(shown) or len(order) != len(items):
        raise Refusal("[order] and [options] do not name each item once")
    text = dict(zip(order, items, strict=True))
    return {
        "options": keys.options([text[option] for option in shown], shown),
        "key": {"type": "ordering", "order": order, "partial_credit": rule},
    }


def write_ordering(question: Question, key: Ordering) -> str:
    """What stands in the braces."""
    text = keys.text_of(question)
    rule = _PER_POSITION if key.partial_credit == "per_position" else _EXACT
    items = "".join(_line(text[option], question.text_format) for option in key.order)
    return f">{len(key.order)} ALL VERTICAL {rule} SHOW\n{items}"


def ordering_notes(question: Question, key: Ordering) -> list[tuple[str, str]]:
    """The ids in their right order and as they are shown, where a reader gives others."""
    text = keys.text_of(question)
    assumed = keys.ordering([text[option] for option in key.order])
    if assumed["key"]["order"] == list(key.order) and [option["id"] for option in assumed["options"]] == list(text):
        return []
    return [("order", " ".join(key.order)), ("options", " ".join(text))]


def _line(item: str, text_format: str) -> str:
    line = _ITEM.sub(lambda found: _BREAKS.get(found[0], "".join(f"\\{special}" for special in found[0])), item)
    return f"[{text_format}]{line}\n" if _NO_ITEM.match(line) else f"{line}\n"
