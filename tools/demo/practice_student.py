"""A student who knows a part of the questions, and learns the rest by being asked."""

import random
from collections import Counter
from collections.abc import Mapping
from typing import Any

from quiz.keys import MultipleChoice, Numeric, Ordering, ShortText
from quiz.questions import Question
from tools.demo.school_class import answer_of

# How surely a student knows what was right once.
_LEARNT = 0.9


class Student:
    """Knows a part of the questions, and knows better what was right once.

    What a student makes of a question depends on how often it was asked, not on the order of the session: the same
    student needs the same answers every time.
    """

    def __init__(self, bank: Mapping[str, Question], talent: float, seed: str) -> None:
        self._bank, self._talent, self._seed = bank, talent, seed
        self._asked: Counter[str] = Counter()
        self._learnt: set[str] = set()

    def answer(self, question_id: str) -> list[Any]:
        """What the student selects."""
        question = self._bank[question_id]
        self._asked[question_id] += 1
        chance = random.Random(f"{self._seed} {question_id} {self._asked[question_id]}")  # noqa: S311  # a demo
        talent = max(self._talent, _LEARNT) if question_id in self._learnt else self._talent
        given = _best(question) if chance.random() < talent else answer_of(question, chance, 0)
        several = isinstance(question.key, MultipleChoice | Ordering)
        return list(given) if several and isinstance(given, list) else [given]

    def learn(self, question_id: str) -> None:
        """The question was right."""
        self._learnt.add(question_id)


def _best(question: Question) -> object:
    """An answer that is right altogether."""
    match question.key:
        case ShortText(accepted=(best, *_)):
            return best.text
        case Numeric(accepted=(best, *_)) if best.value is None:
            bound = best.minimum if best.minimum is not None else best.maximum
            return float(bound or 0)
    return answer_of(question, random.Random(0), 1)  # noqa: S311  # nothing is left to chance
