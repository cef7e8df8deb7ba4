"""Read GIFT."""

import re
from decimal import Decimal

from tools.bank import answers as keys
from tools.bank.answers import Answer, Fields
from tools.bank.formats.gift import blocks
from tools.bank.formats.gift.escapes import SPACE, cut, find, read_text, unescaped
from tools.bank.formats.gift.notes import Notes
from tools.bank.formats.gift.ordering import read_ordering
from tools.bank.formats.wildcards import without_wildcards
from tools.bank.numerals import PERCENT, from_percent
from tools.bank.results import Refusal, Refused, Result, finish

_MARK = unescaped("[=~]")
_FEEDBACK = unescaped("#")
_ARROW = unescaped("->")
_WEIGHT = re.compile(rf"%{PERCENT.pattern}", re.ASCII)
_TRUTHS = {"T": True, "TRUE": True, "F": False, "FALSE": False}


def read(text: str) -> list[Result]:
    """Every question of the file."""
    results: list[Result] = []
    category = blocks.NO_CATEGORY
    for block in blocks.blocks(text):
        if block.body.startswith(blocks.CATEGORY):
            category = blocks.category(block.body)
            continue
        try:
            results.append(finish(fields(block, category), block.line))
        except Refusal as refusal:
            results.append(Refused(block.line, str(refusal)))
    return results


def fields(block: blocks.Block, category: str) -> Fields:
    """The fields of the question in a block."""
    parts = blocks.parts(block.body)
    if parts.answers is None:
        raise Refusal("description: it asks nothing, there are no braces")
    text, text_format = read_text(parts.stem)
    notes = Notes(block.comments)
    said: Fields = {
        "text": text,
        "text_format": text_format or "moodle",
        "title": parts.title,
        "explanation": parts.explanation,
        **_answers(parts.answers, notes),
        "category": category,
    }
    return {**said, **notes.fields()}


def _answers(content: str, notes: Notes) -> Fields:
    """The key and the options in the braces, told apart as Moodle tells them."""
    if content.startswith(">"):
        return read_ordering(content[1:], notes)
    if not content:
        raise Refusal("essay: it has no key to score by")
    if content.startswith("#"):
        return {"key": _numeric(content[1:])}
    marks = {found[1] for found in find(_MARK, content)}
    if "~" in marks:
        return _choices(_list(content), single="=" in marks, notes=notes)
    statement, *feedback = cut(_FEEDBACK, content, most=2)
    if "=" not in marks and statement.strip(SPACE).upper() in _TRUTHS:
        if_wrong, if_right = (*(read_text(raw)[0] for raw in feedback), "", "")[:2]
        correct = _TRUTHS[statement.strip(SPACE).upper()]
        return {"key": {"type": "true_false", "correct": correct, "if_right": if_right, "if_wrong": if_wrong}}
    if "=" in marks and next(find(_ARROW, content), None):
        return keys.matching([_pair(raw) for _, raw in _list(content)], notes.words("options"))
    return {"key": _short_text(_list(content), notes)}


def _list(content: str) -> list[tuple[str, str]]:
    """Each answer with the mark before it; the first may have none."""
    marks = list(find(_MARK, content))
    ends = [*(mark.start() for mark in marks), len(content)]
    listed = [(mark[1], content[mark.end() : end]) for mark, end in zip(marks, ends[1:], strict=True)]
    before = content[: ends[0]].strip(SPACE)
    return [("", before), *listed] if before else listed


def _choices(listed: list[tuple[str, str]], single: bool, notes: Notes) -> Fields:
    answers = [_answer(raw, mark) for mark, raw in listed]
    ids = keys.option_ids(len(answers), notes.words("options"))
    if single:
        key = keys.single_choice(answers, ids)
    else:
        key = keys.multiple_choice(answers, ids, notes.values.get("partial_credit", "weighted"))
    return {"key": key, "options": keys.options([answer.text for answer in answers], ids)}


def _answer(raw: str, mark: str = "=") -> Answer:
    raw = raw.strip(SPACE)
    weight = _WEIGHT.match(raw)
    if weight:
        raw = raw[weight.end() :]
    text, feedback = (*cut(_FEEDBACK, raw), "")[:2]
    credit = from_percent(weight[1]) if weight else None
    right = mark == "=" and (credit is None or credit == 1)
    return Answer(read_text(text)[0], credit, read_text(feedback)[0], right)


def _numeric(content: str) -> Fields:
    """Ranges with what each is worth. Moodle lets `~#` comment on every other number; keys here do not."""
    listed = _list(content)
    for mark, raw in listed:
        if mark == "~" and _answer(raw).feedback:
            raise Refusal("wildcard: feedback for every other number")
    accepted = []
    for answer in (_answer(raw) for mark, raw in listed if mark != "~"):
        numbers = keys.numeric_answer(answer.text)
        accepted.append({**numbers, "credit": _credit(answer), "feedback": answer.feedback})
    if not accepted:
        raise Refusal("no number is given as the answer")
    return {"type": "numeric", "accepted": accepted}


def _short_text(listed: list[tuple[str, str]], notes: Notes) -> Fields:
    answers = [_answer(raw) for _, raw in listed]
    accepted = [
        {"text": without_wildcards(answer.text), "credit": _credit(answer), "feedback": answer.feedback}
        for answer in answers
    ]
    return {"type": "short_text", "accepted": accepted, "case_sensitive": notes.values.get("case_sensitive") == "true"}


def _credit(answer: Answer) -> Decimal:
    return Decimal(1) if answer.credit is None else answer.credit


def _pair(raw: str) -> tuple[str, str]:
    pieces = cut(_ARROW, raw)
    if len(pieces) == 1:
        raise Refusal("matching: a line has no -> in it")
    return read_text(pieces[0])[0], read_text(pieces[1])[0]
