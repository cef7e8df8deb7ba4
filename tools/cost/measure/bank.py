"""The bank that is measured with: questions of the length that teachers write, with four options and an explanation."""

from typing import Any

from adapters.questions import Questions
from adapters.quizzes import Quizzes
from quiz.keys import SingleChoice
from quiz.live.settings import LiveSettings
from quiz.questions import Option, Question, Quiz

CATEGORY, DIFFICULTY = "science", 2
QUIZ, LIVE_QUIZ = "science-spring-term-1", "science-quiz-night-1"
ASKED = 20
_KEPT = 60

_TEXT = "Which of these statements about photosynthesis in the leaves of green plants is right at daylight (number {})?"
_OPTION = "Carbon dioxide is taken up, and oxygen is given off ({})"
_EXPLANATION = "Plants take up carbon dioxide and give off oxygen while there is light; at night it is the other way."


def questions() -> list[Question]:
    """Enough of them for practice and for quizzes that differ; the right answer is always `a`."""
    return [
        Question(
            question_id=f"science-photosynthesis-{number:03}",
            text=_TEXT.format(number),
            key=SingleChoice("a"),
            options=tuple(Option(one, _OPTION.format(one)) for one in "abcd"),
            category=CATEGORY,
            difficulty=DIFFICULTY,
            explanation=_EXPLANATION,
        )
        for number in range(_KEPT)
    ]


def fill(client: Any, players: int) -> None:
    """Put them into the tables, with a quiz for the LMS and one to be played live by so many."""
    kept = questions()
    for question in kept:
        Questions(client, "questions").create(question)
    ids = tuple(question.question_id for question in kept[:ASKED])
    live = LiveSettings(expected_players=players)
    for quiz_id in (QUIZ, LIVE_QUIZ):
        Quizzes(client, "quizzes", "questions").create(Quiz(quiz_id, ids, title="Photosynthesis", live=live))
