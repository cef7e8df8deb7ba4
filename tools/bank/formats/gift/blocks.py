"""A GIFT file as its blocks: blank lines part questions, and comment lines belong to the one that they touch."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tools.bank.formats.gift.escapes import SPACE, find, read_text, unescape, unescaped
from tools.bank.results import Refusal

CATEGORY = "$CATEGORY:"
NO_CATEGORY = "general"
_BREAK = re.compile(r"\r\n?")
_TITLE = unescaped("::")
_BRACE = unescaped("[{}]")
_EXPLANATION = unescaped("####")

# Where Moodle puts a category that it exports; the bank has one level without a root.
_ROOT = re.compile(r"^\$(?:course|module|system|cat1)\$/(?:top/?)?|^top/")


class Block(NamedTuple):
    """Lines without a blank one among them."""

    line: int
    body: str
    comments: str


class Parts(NamedTuple):
    """A question taken apart, nothing unescaped yet; `answers` is None where there are no braces."""

    title: str
    stem: str
    answers: str | None
    explanation: str


def blocks(text: str) -> Iterator[Block]:
    """Every block that holds more than comments; a category is a block of its own."""
    lines: list[str] = []
    comments: list[str] = []
    first = 0
    for number, line in enumerate((*_BREAK.sub("\n", text).split("\n"), ""), start=1):
        bare = line.strip(SPACE)
        if bare.startswith("//"):
            comments.append(bare)
        elif bare.startswith(CATEGORY) and not lines:
            yield Block(number, bare, "")
        elif bare:
            first = first if lines else number
            lines.append(line)
        else:
            if lines:
                yield Block(first, "\n".join(lines).strip(SPACE), "\n".join(comments))
            lines, comments = [], []


def category(body: str) -> str:
    """The category that a `$CATEGORY:` line names."""
    path = body.removeprefix(CATEGORY).strip(SPACE)
    return _ROOT.sub("", path) or NO_CATEGORY


def category_line(name: str) -> str | None:
    """The line that `category` reads this name from; None for a name that no line can say."""
    line = f"{CATEGORY} $course$/top/{name}".strip(SPACE)
    return line if category(line) == name else None


def parts(body: str) -> Parts:
    """Take a question apart."""
    title, rest = _title(body)
    stem, answers = _answers(rest)
    if answers is None:
        return Parts(title, stem, None, "")
    # The last one counts, as in Moodle.
    marks = list(find(_EXPLANATION, answers))
    if not marks:
        return Parts(title, stem, answers.strip(SPACE), "")
    answers, explanation = answers[: marks[-1].start()], answers[marks[-1].end() :]
    return Parts(title, stem, answers.strip(SPACE), read_text(explanation)[0])


def _title(body: str) -> tuple[str, str]:
    if not body.startswith("::"):
        return "", body
    end = next(find(_TITLE, body[2:]), None)
    if end is None:
        return "", body[2:]
    return unescape(body[2 : 2 + end.start()].strip(SPACE)), body[2 + end.end() :].strip(SPACE)


def _answers(rest: str) -> tuple[str, str | None]:
    """The text with a blank where answers stand in the middle of it, and what stands in the braces."""
    braces = list(find(_BRACE, rest))
    if not braces:
        return rest, None
    if [brace[0] for brace in braces] != ["{", "}"]:
        raise Refusal(_brace_fault([brace[0] for brace in braces]))
    opened, closed = braces
    before, after = rest[: opened.start()], rest[closed.end() :]
    # Text behind the answers makes it a missing-word question.
    stem = f"{before}_____{after}" if after.strip(SPACE) else before
    return stem, rest[opened.end() : closed.start()]


def _brace_fault(braces: list[str]) -> str:
    if braces.count("{") == braces.count("}") > 1 and "".join(braces) == "{}" * (len(braces) // 2):
        return "cloze: there are several pairs of braces; one question has one"
    return r"the braces do not pair up before the blank line; write \{ and \} for braces in the text"
