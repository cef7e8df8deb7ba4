"""Keys from the answers of a question, as quiz formats list them."""

import hashlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from string import ascii_lowercase
from typing import Any, NamedTuple

from quiz.questions import Question
from tools.bank.numerals import NUMBER
from tools.bank.results import Refusal

Fields = dict[str, Any]

# What 33 % three times lacks.
_MOST_ROUNDED_OFF = Decimal("0.01")


class Answer(NamedTuple):
    """One listed answer. A credit of None is one that the file does not state."""

    text: str
    credit: Decimal | None = None
    feedback: str = ""
    right: bool = False


def option_ids(count: int, given: Sequence[str] | None = None) -> list[str]:
    """The ids given, else a, b, c and so on."""
    if given is None:
        return [*ascii_lowercase[:count], *(f"o{number}" for number in range(27, count + 1))]
    if len(given) != count:
        raise Refusal(f"{len(given)} option ids are given for {count} options")
    return list(given)


def single_choice(answers: Sequence[Answer], ids: Sequence[str]) -> Fields:
    """The first right answer is the key's; others that are right, or earn something, are its partial credit."""
    right = [option for option, answer in zip(ids, answers, strict=True) if answer.right]
    if not right:
        raise Refusal("no answer is marked as right")
    credits_ = {
        option: Decimal(1) if answer.credit is None else answer.credit
        for option, answer in zip(ids, answers, strict=True)
        if option != right[0] and (answer.right or answer.credit is not None)
    }
    return {"type": "single_choice", "correct": right[0], "partial": credits_, "feedback": _feedback(answers, ids)}


def multiple_choice(answers: Sequence[Answer], ids: Sequence[str], rule: str = "weighted") -> Fields:
    """Every answer that earns something is right; the weights belong to the rule of that name alone."""
    weights = {option: answer.credit for option, answer in zip(ids, answers, strict=True) if answer.credit is not None}
    return {
        "type": "multiple_choice",
        "correct": [option for option, weight in weights.items() if weight > 0],
        "partial_credit": rule,
        "weights": _made_whole(weights) if rule == "weighted" else {},
        "feedback": _feedback(answers, ids),
    }


def _made_whole(weights: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """The weights, so that all right answers together earn everything: three times 33.33333 % would never do."""
    earning = [option for option, weight in weights.items() if weight > 0]
    missing = 1 - sum((weights[option] for option in earning), start=Decimal(0))
    if not 0 < missing <= _MOST_ROUNDED_OFF:
        return dict(weights)
    return {**weights, earning[-1]: weights[earning[-1]] + missing}


def matching(pairs: Sequence[tuple[str, str]], given_ids: Sequence[str] | None = None) -> Fields:
    """Prompts with their matches; a match without a prompt is a distractor."""
    prompts = [(prompt, match) for prompt, match in pairs if prompt]
    ids = option_ids(len(prompts), given_ids)
    matches = {option: match for option, (_, match) in zip(ids, prompts, strict=True)}
    distractors = [match for prompt, match in pairs if not prompt]
    return {
        "options": options([prompt for prompt, _ in prompts], ids),
        "key": {"type": "matching", "pairs": matches, "distractors": distractors},
    }


def ordering(items: Sequence[str], rule: str = "exact") -> Fields:
    """Items in their right order. The options stand in another, and so do their ids: neither gives it away."""
    shown = sorted(range(len(items)), key=lambda place: hashlib.sha256(items[place].encode(errors="replace")).digest())
    ids = dict(zip(shown, option_ids(len(items)), strict=True))
    return {
        "options": options([items[place] for place in shown], [ids[place] for place in shown]),
        "key": {
            "type": "ordering",
            "order": [ids[place] for place in range(len(items))],
            "partial_credit": rule,
        },
    }


def numeric_answer(text: str) -> Fields:
    """`3`, `3:0.5` (a value and its tolerance) or `2.5..3.5`."""
    text = text.strip()
    if "*" in text:
        raise Refusal("wildcard: an answer of * stands for every number")
    if ".." in text:
        minimum, maximum = text.split("..", 1)
        return {"minimum": _number(minimum), "maximum": _number(maximum)}
    value, _, tolerance = text.partition(":")
    return {"value": _number(value), "tolerance": _number(tolerance or "0")}


def options(texts: Sequence[str], ids: Sequence[str]) -> list[Fields]:
    """Options as a question's fields hold them."""
    return [{"id": option, "text": text} for option, text in zip(ids, texts, strict=True)]


def text_of(question: Question) -> dict[str, str]:
    """The text of each option by its id."""
    return {option.id: option.text for option in question.options}


def _number(text: str) -> Decimal:
    text = text.strip()
    if not NUMBER.fullmatch(text):
        raise Refusal(f"not a number: {text[:50]!r} (write a decimal point, and no unit)")
    return Decimal(text)


def _feedback(answers: Sequence[Answer], ids: Sequence[str]) -> dict[str, str]:
    return {option: answer.feedback for option, answer in zip(ids, answers, strict=True) if answer.feedback}
