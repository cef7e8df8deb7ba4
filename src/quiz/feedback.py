"""What a student is told about an answer once it counts: the right one, and the author's words on the one given."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import singledispatch
from typing import Any, TypeVar

from msgspec import structs

from quiz.keys import (
    Key,
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
from quiz.scoring import ALL, grade

Accepted = TypeVar("Accepted", NumericAnswer, TextAnswer)


@singledispatch
def correct_answer(key: Key) -> Any:
    """An answer that earns everything, in the form in which a client would send it; for a range, its bounds."""
    raise TypeError(f"no right answer for {type(key).__name__}")


@correct_answer.register
def _(key: SingleChoice) -> str:
    return key.correct


@correct_answer.register
def _(key: MultipleChoice) -> list[str]:
    return list(key.correct)


@correct_answer.register
def _(key: TrueFalse) -> bool:
    return key.correct


@correct_answer.register
def _(key: Numeric) -> Decimal | dict[str, Decimal | None]:
    best = max(key.accepted, key=_credit)
    return {"minimum": best.minimum, "maximum": best.maximum} if best.value is None else best.value


@correct_answer.register
def _(key: ShortText) -> str:
    return max(key.accepted, key=_credit).text


@correct_answer.register
def _(key: Ordering) -> list[str]:
    return list(key.order)


@correct_answer.register
def _(key: Matching) -> dict[str, str]:
    return dict(key.pairs)


def feedback(question: Question, answer: object) -> str:
    """The author's words on this answer; nothing where there are none, or where nothing was answered."""
    match question.key:
        case _ if answer is None:
            return ""
        case SingleChoice(feedback=words):
            return words.get(answer, "") if isinstance(answer, str) else ""
        case MultipleChoice(feedback=words):
            return "\n".join(words[option.id] for option in question.options if _marked(option.id, answer, words))
        case TrueFalse() as key:
            return key.if_right if grade(question, answer) == ALL else key.if_wrong
        case Numeric(accepted=ranges):
            tried = (structs.replace(question, key=Numeric(accepted=(one,))) for one in ranges)
            return _of_best(ranges, tried, answer)
        case ShortText(accepted=texts, case_sensitive=case_sensitive):
            tried = (structs.replace(question, key=ShortText((one,), case_sensitive)) for one in texts)
            return _of_best(texts, tried, answer)
    return ""


def _marked(option: str, answer: object, words: dict[str, str]) -> bool:
    return option in words and (answer == option or (isinstance(answer, list) and option in answer))


def _of_best(accepted: Sequence[Accepted], tried: Iterable[Question], answer: object) -> str:
    """The words beside the best paid of those that accept the answer."""
    accepting = [one for one, question in zip(accepted, tried, strict=True) if grade(question, answer) > 0]
    return max(accepting, key=_credit).feedback if accepting else ""


def _credit(accepted: NumericAnswer | TextAnswer) -> Decimal:
    return accepted.credit
