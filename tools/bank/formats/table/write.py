"""Write a table."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from quiz.keys import (
    Matching,
    MultipleChoice,
    Numeric,
    NumericAnswer,
    Ordering,
    ShortText,
    SingleChoice,
    TextAnswer,
    TrueFalse,
)
from quiz.questions import Question
from tools.bank import answers as keys
from tools.bank.exact import lost
from tools.bank.formats.table.cells import write_cell, write_list
from tools.bank.formats.table.columns import COLUMNS, fields
from tools.bank.numerals import percent, plain_number

Row = dict[str, str]


def write(questions: Iterable[Question]) -> str:
    """The heading, and a row for each question."""
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, COLUMNS, restval="")
    writer.writeheader()
    for question in questions:
        row = {name: write_cell(cell) for name, cell in _row(question).items()}
        writer.writerow({**row, "exact": lost(fields(row), question)})
    return table.getvalue()


def _row(question: Question) -> Row:
    ids = [option.id for option in question.options]
    row = {
        "id": question.question_id,
        "type": str(question.key.__struct_config__.tag),
        "text": question.text,
        "options": write_list(option.text for option in question.options),
        "option_ids": "" if ids == keys.option_ids(len(ids)) else write_list(ids),
        "explanation": question.explanation,
        "category": question.category,
        "difficulty": str(question.difficulty),
        "points": plain_number(question.points),
        "tags": write_list(question.tags),
        "title": question.title,
        "text_format": question.text_format,
        "media_key": question.media_key or "",
        "version": str(question.version),
    }
    return {**row, **_key(question, ids)}


def _key(question: Question, ids: list[str]) -> Row:
    match question.key:
        case SingleChoice(correct, partial, feedback):
            return {"correct": write_list([correct]), **_by_option(ids, partial, feedback)}
        case MultipleChoice(correct_ids, rule, weights, feedback):
            return {"correct": write_list(correct_ids), "partial_credit": rule, **_by_option(ids, weights, feedback)}
        case TrueFalse(correct, if_right, if_wrong):
            return {"correct": str(correct).lower(), "feedback": write_list([if_right, if_wrong])}
        case Numeric(accepted):
            return {"correct": write_list(_range(answer) for answer in accepted), **_by_answer(accepted)}
        case ShortText(accepted, case_sensitive):
            wordings = write_list(answer.text for answer in accepted)
            return {"correct": wordings, **_by_answer(accepted), "case_sensitive": "yes" if case_sensitive else ""}
        case Ordering(order, rule):
            return {"correct": write_list(order), "partial_credit": rule}
        case Matching(pairs, distractors):
            return {
                "correct": write_list(pairs.get(option, "") for option in ids),
                "distractors": write_list(distractors),
            }


def _by_option(ids: list[str], credits_: dict[str, Any], feedback: dict[str, str]) -> Row:
    return {
        "credit": write_list(f"{percent(credits_[option])}%" if option in credits_ else "" for option in ids),
        "feedback": write_list(feedback.get(option, "") for option in ids),
    }


def _by_answer(accepted: Iterable[NumericAnswer | TextAnswer]) -> Row:
    listed = list(accepted)
    return {
        "credit": write_list("" if answer.credit == 1 else f"{percent(answer.credit)}%" for answer in listed),
        "feedback": write_list(answer.feedback for answer in listed),
    }


def _range(answer: NumericAnswer) -> str:
    if answer.minimum is not None and answer.maximum is not None:
        return f"{plain_number(answer.minimum)}..{plain_number(answer.maximum)}"
    tolerance = f":{plain_number(answer.tolerance)}" if answer.tolerance else ""
    return f"{plain_number(answer.value or answer.tolerance * 0)}{tolerance}"
