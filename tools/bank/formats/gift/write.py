"""Write GIFT that Moodle reads, with notes for what it has no words for."""

from collections.abc import Iterable, Iterator
from typing import Any

from quiz.keys import Matching, MultipleChoice, Ordering, ShortText, SingleChoice
from quiz.questions import Question
from tools.bank import answers as keys
from tools.bank.exact import lost
from tools.bank.formats.gift.blocks import NO_CATEGORY, Block, category_line
from tools.bank.formats.gift.braces import write_braces
from tools.bank.formats.gift.escapes import SPACE, escape, write_answer, write_text
from tools.bank.formats.gift.notes import write_notes
from tools.bank.formats.gift.ordering import ordering_notes
from tools.bank.formats.gift.read import fields
from tools.bank.numerals import plain_number
from tools.bank.results import Refusal


def write(questions: Iterable[Question]) -> str:
    """Each question as a block; a category is named where it changes."""
    written: list[str] = []
    current = NO_CATEGORY
    for question in questions:
        heading = category_line(question.category)
        if heading and question.category != current:
            current = question.category
            written.append(f"{heading}\n\n")
        written.append(_block(question, current))
    return "".join(written)


def _block(question: Question, current: str) -> str:
    body = _body(question)
    notes = [*_notes(question, current)]
    if ids := _id_notes(question):
        notes += ids if _parses(body, write_notes(ids)) else []
    comments = write_notes(notes)
    kept = lost(fields(Block(1, body.strip(SPACE), comments), current), question)
    return f"{comments}{write_notes([('exact', kept)]) if kept else ''}{body}\n"


def _parses(body: str, comments: str) -> bool:
    """Whether each id finds its option: an option of spaces alone is none in GIFT."""
    try:
        fields(Block(1, body.strip(SPACE), comments), NO_CATEGORY)
    except Refusal:
        return False
    return True


def _notes(question: Question, current: str) -> Iterator[tuple[str, Any]]:
    yield "id", question.question_id
    yield from (("tag", tag) for tag in question.tags)
    for name, value, default in (
        ("version", question.version, 1),
        ("difficulty", question.difficulty, 2),
        ("points", plain_number(question.points), "1"),
        ("category", question.category, current),
        ("media", question.media_key, None),
    ):
        if value != default:
            yield name, value
    match question.key:
        case MultipleChoice(partial_credit=rule) if rule != "weighted":
            yield "partial_credit", rule
        case ShortText(case_sensitive=True):
            yield "case_sensitive", "true"
        case Ordering() if question.explanation:
            # The plugin that reads these takes every line in the braces for an item.
            yield "explanation", question.explanation


def _id_notes(question: Question) -> list[tuple[str, str]]:
    match question.key:
        case Ordering():
            return ordering_notes(question, question.key)
        case SingleChoice() | MultipleChoice():
            ids = [option.id for option in question.options]
        case Matching(pairs):
            ids = [option.id for option in question.options if option.id in pairs]
        case _:
            return []
    return [("options", " ".join(ids))] if ids != keys.option_ids(len(ids)) else []


def _body(question: Question) -> str:
    title = f"::{escape(question.title)}::" if question.title else ""
    stem = write_text(question.text, question.text_format)
    # Without its format, a text that begins like a comment would be one.
    if stem.lstrip(SPACE).startswith("//") or (question.text_format != "moodle" and stem == escape(question.text)):
        stem = f"[{question.text_format}]{stem}"
    explanation = f"\t####{write_answer(question.explanation, question.text_format)}\n" if question.explanation else ""
    if isinstance(question.key, Ordering):
        explanation = ""
    return f"{title}{stem}{{{write_braces(question)}{explanation}}}\n"
