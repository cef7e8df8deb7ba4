"""The answers of a question as GIFT writes them."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from quiz.keys import (
    Key,
    Matching,
    MultipleChoice,
    Numeric,
    NumericAnswer,
    Ordering,
    ShortText,
    SingleChoice,
    TrueFalse,
)
from quiz.questions import Question
from tools.bank import answers as keys
from tools.bank.formats.gift.escapes import SPACE, write_answer
from tools.bank.formats.gift.ordering import write_ordering
from tools.bank.formats.wildcards import as_pattern
from tools.bank.numerals import part_of, percent, plain_number


def write_braces(question: Question) -> str:
    """What stands in the braces, but for the explanation."""
    match question.key:
        case TrueFalse(correct, if_right, if_wrong):
            wrong = _feedback(question, if_wrong) or ("#" if if_right else "")
            return f"{str(correct).upper()}{wrong}{_feedback(question, if_right)}\n"
        case Numeric(accepted):
            lines = (("=", a.credit, _range(a), a.feedback) for a in accepted)
            return "#\n" + _lines(question, lines, whole=Decimal(1))
        case ShortText(accepted):
            wordings = (("=", a.credit, _say(question, as_pattern(a.text)), a.feedback) for a in accepted)
            return "\n" + _lines(question, wordings, whole=Decimal(1))
        case Ordering():
            return write_ordering(question, question.key)
        case Matching(pairs, distractors):
            text = keys.text_of(question)
            known = [(text[prompt], pairs[prompt]) for prompt in text if prompt in pairs]
            matches = [*known, *(("", match) for match in distractors)]
            return "\n" + "".join(f"\t={_say(question, a)} -> {_say(question, b)}\n" for a, b in matches)
    return "\n" + _lines(question, _choices(question, question.key), whole=None)


def _choices(question: Question, key: Key) -> Iterator[tuple[str, Decimal | None, str, str]]:
    for option in question.options:
        text = _say(question, option.text)
        match key:
            case SingleChoice(correct, partial, feedback):
                # With nothing wrong beside it, a right answer alone would be a short text; one of several is none.
                alone, right = len(question.options) == 1, option.id == correct
                credit = Decimal(1) if alone else None if right else partial.get(option.id)
                yield "=" if right and not alone else "~", credit, text, feedback.get(option.id, "")
            case MultipleChoice(correct_ids, rule, weights, feedback):
                share = part_of(len(correct_ids)) / 100 if option.id in correct_ids else Decimal(-1)
                yield "~", weights.get(option.id) if rule == "weighted" else share, text, feedback.get(option.id, "")


def _lines(question: Question, answers: Iterable[tuple[str, Decimal | None, str, str]], whole: Decimal | None) -> str:
    """A line for each answer; a credit equal to `whole` goes without saying, unless the text would be taken for one."""
    lines = []
    for mark, credit, text, feedback in answers:
        says = credit != whole or text.lstrip(SPACE).startswith("%")
        worth = Decimal(mark == "=") if credit is None else credit
        lines.append(f"\t{mark}{f'%{percent(worth)}%' if says else ''}{text}{_feedback(question, feedback)}\n")
    return "".join(lines)


def _range(answer: NumericAnswer) -> str:
    if answer.minimum is not None and answer.maximum is not None:
        return f"{plain_number(answer.minimum)}..{plain_number(answer.maximum)}"
    tolerance = f":{plain_number(answer.tolerance)}" if answer.tolerance else ""
    return f"{plain_number(answer.value or Decimal(0))}{tolerance}"


def _say(question: Question, text: str) -> str:
    return write_answer(text, question.text_format)


def _feedback(question: Question, text: str) -> str:
    return f"#{_say(question, text)}" if text else ""
