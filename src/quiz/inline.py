"""A quiz made from the key that a trusted LMS sends along, for environments that have no bank."""

from collections.abc import Mapping
from decimal import Decimal

from quiz.errors import InvalidInput
from quiz.keys import Key, Matching, MultipleChoice, Numeric, NumericAnswer, ShortText, TextAnswer, TrueFalse
from quiz.numbers import is_sane
from quiz.questions import Definition, Option, Question, Quiz

# The bank counts versions from 1, so this tells a result that was scored by an inline key.
INLINE_VERSION = 0


def inline_definition(quiz_id: str, correct_answers: Mapping[str, object]) -> Definition:
    """One question of one point per entry; the type of the right answer is the type of the question."""
    questions = tuple(_question(question_id, answer) for question_id, answer in correct_answers.items())
    quiz = Quiz(quiz_id=quiz_id, question_ids=tuple(correct_answers), version=INLINE_VERSION)
    return Definition(quiz, questions)


def _question(question_id: str, answer: object) -> Question:
    options: list[str] = []
    key: Key
    match answer:
        case bool():
            key = TrueFalse(correct=answer)
        case int() | Decimal() if is_sane(Decimal(answer)):
            key = Numeric(accepted=(NumericAnswer(value=Decimal(answer)),))
        case str() if answer:
            key = ShortText(accepted=(TextAnswer(text=answer),), case_sensitive=True)
        case list() if answer and all(isinstance(item, str) for item in answer):
            options = list(dict.fromkeys(answer))
            key = MultipleChoice(correct=tuple(options))
        case dict() if answer and all(isinstance(match, str) for match in answer.values()):
            options = list(answer)
            key = Matching(pairs=answer)
        case _:
            raise InvalidInput(f"no question can have this right answer - at `$.correct_answers.{question_id}`")
    return Question(
        question_id=question_id,
        text=question_id,
        key=key,
        options=tuple(Option(id=option, text=option) for option in options),
    )
