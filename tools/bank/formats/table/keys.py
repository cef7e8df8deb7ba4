"""The key and the options of a question from the cells of its row, for each type of question."""

from collections.abc import Callable, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from tools.bank import answers as keys
from tools.bank.answers import Answer, Fields
from tools.bank.formats.table.cells import read_list, read_percent, read_truth
from tools.bank.results import Refusal

Row = Mapping[str, str]


def _single_choice(row: Row) -> Fields:
    ids, said = _options(row)
    [*named] = _chosen(row, ids)
    if len(named) != 1:
        raise Refusal(f"single_choice has one correct option, not {len(named)}")
    answers = _answers(row, ids)
    partial = {option: answer.credit for option, answer in zip(ids, answers, strict=True) if answer.credit is not None}
    return {**said, "key": {"type": "single_choice", "correct": named[0], "partial": partial, **_feedback(row, ids)}}


def _multiple_choice(row: Row) -> Fields:
    ids, said = _options(row)
    rule = row.get("partial_credit", "").strip().lower() or ("weighted" if row.get("credit") else "exact")
    weighted = keys.multiple_choice(_answers(row, ids), ids)
    key: Fields = {**weighted, "partial_credit": rule}
    if row.get("correct"):
        key["correct"] = _chosen(row, ids)
    return {**said, "key": key}


def _true_false(row: Row) -> Fields:
    if_right, if_wrong = _in_step(row, "feedback", 2)
    return {
        "key": {
            "type": "true_false",
            "correct": read_truth(row.get("correct", "")),
            "if_right": if_right,
            "if_wrong": if_wrong,
        }
    }


def _numeric(row: Row) -> Fields:
    accepted = [{**keys.numeric_answer(text), **worth} for text, worth in _accepted(row)]
    return {"key": {"type": "numeric", "accepted": accepted}}


def _short_text(row: Row) -> Fields:
    accepted = [{"text": text, **worth} for text, worth in _accepted(row)]
    case_sensitive = bool(row.get("case_sensitive")) and read_truth(row["case_sensitive"])
    return {"key": {"type": "short_text", "accepted": accepted, "case_sensitive": case_sensitive}}


def _ordering(row: Row) -> Fields:
    rule = row.get("partial_credit", "").strip().lower() or "exact"
    if not row.get("correct"):
        # Options alone are taken to stand in their right order, and are shown in another.
        return keys.ordering(read_list(row.get("options", "")), rule)
    ids, said = _options(row)
    return {**said, "key": {"type": "ordering", "order": _chosen(row, ids), "partial_credit": rule}}


def _matching(row: Row) -> Fields:
    ids, said = _options(row)
    matches = _in_step(row, "correct", len(ids))
    pairs = {option: match for option, match in zip(ids, matches, strict=True) if match}
    return {**said, "key": {"type": "matching", "pairs": pairs, "distractors": read_list(row.get("distractors", ""))}}


def _options(row: Row) -> tuple[list[str], Fields]:
    texts = read_list(row.get("options", ""))
    ids = keys.option_ids(len(texts), read_list(row["option_ids"]) if row.get("option_ids") else None)
    return ids, {"options": keys.options(texts, ids)}


def _chosen(row: Row, ids: Sequence[str]) -> list[str]:
    """The options that `correct` names, by their ids or else by their texts."""
    by_text = dict(zip(read_list(row.get("options", "")), ids, strict=True))
    return [named if named in ids else by_text.get(named, named) for named in read_list(row.get("correct", ""))]


def _answers(row: Row, ids: Sequence[str]) -> list[Answer]:
    worth = zip(_in_step(row, "credit", len(ids)), _in_step(row, "feedback", len(ids)), strict=True)
    return [Answer("", read_percent(credit) if credit else None, feedback) for credit, feedback in worth]


def _feedback(row: Row, ids: Sequence[str]) -> Fields:
    listed = zip(ids, _in_step(row, "feedback", len(ids)), strict=True)
    return {"feedback": {option: text for option, text in listed if text}}


def _accepted(row: Row) -> list[tuple[str, dict[str, Any]]]:
    texts = read_list(row.get("correct", ""))
    credits_, feedback = _in_step(row, "credit", len(texts)), _in_step(row, "feedback", len(texts))
    return [
        (text, {"feedback": said, **({"credit": read_percent(credit)} if credit else {})})
        for text, credit, said in zip(texts, credits_, feedback, strict=True)
    ]


def _in_step(row: Row, column: str, count: int) -> list[str]:
    """A list that goes item by item with another one; what it lacks at the end is empty."""
    items = read_list(row.get(column, ""))
    if len(items) > count:
        raise Refusal(f"{column} lists {len(items)} items for {count}")
    return [item for item, _ in zip_longest(items, range(count), fillvalue="")]


KEYS: dict[str, Callable[[Row], Fields]] = {
    "single_choice": _single_choice,
    "multiple_choice": _multiple_choice,
    "true_false": _true_false,
    "numeric": _numeric,
    "short_text": _short_text,
    "ordering": _ordering,
    "matching": _matching,
}
