"""What a client sends and is told, whoever answers it."""

from typing import Literal, NamedTuple, Protocol

from quiz.keys import ShortText, SingleChoice, TextAnswer
from quiz.questions import Option, Question

RIGHT = "a"
WRONG = ("b", "z")


class State(NamedTuple):
    """A session as its student sees it; no question once it is complete."""

    version: int
    question_id: str | None
    order: tuple[str, ...]
    remaining: int
    pool: int
    mastered: int
    answered: int
    correct: int


class Told(NamedTuple):
    """The response to an answer, with the state that it carries."""

    verdict: Literal["accepted", "outdated", "refused"]
    state: State | None
    correct: bool | None = None
    action: str | None = None
    penalty: str | None = None


class Row(NamedTuple):
    """What is kept of answers, to one question or to all."""

    answered: int
    correct: int
    mastered: int
    memories: int


class Books(NamedTuple):
    """A student's progress: in sum, and by question."""

    summary: Row
    questions: dict[str, Row]


class Server(Protocol):
    """One session, and its student's progress."""

    def read(self) -> State:
        """Restore the session."""

    def answer(self, question_id: str, version: int, answer: str) -> Told:
        """Answer the question that was seen at this version."""

    def books(self) -> Books:
        """The progress as it is stored."""


def questions(count: int) -> list[Question]:
    """Questions with no options, two, three and so on; RIGHT is right everywhere."""
    return [_question(f"q{number}", "abcdef"[: (0, 2, 3, 4, 6)[number % 5]]) for number in range(count)]


def _question(question_id: str, options: str) -> Question:
    key = SingleChoice(RIGHT) if options else ShortText((TextAnswer(RIGHT),))
    return Question(question_id, "?", key, options=tuple(Option(one, one) for one in options))
