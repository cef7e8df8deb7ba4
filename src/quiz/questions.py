"""Questions and quizzes: what the bank holds, parsed once and then trusted."""

from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta, Struct

from quiz.fields import Category, Difficulty, Id, OptionalText, Tag, Text, require
from quiz.keys import Key, Ordering, named_options
from quiz.live.settings import LiveSettings
from quiz.numbers import is_sane


class Option(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing to choose, order or match; answers name it by its id."""

    id: Id
    text: Text


class Question(Struct, frozen=True, forbid_unknown_fields=True):
    """A question of the bank with the key to it."""

    question_id: Id
    text: Text
    key: Key
    title: Annotated[str, Meta(max_length=500)] = ""
    text_format: Literal["plain", "markdown", "html", "moodle"] = "plain"
    category: Category = "general"
    difficulty: Difficulty = 2
    options: tuple[Option, ...] = ()
    points: Decimal = Decimal(1)
    tags: Annotated[tuple[Tag, ...], Meta(max_length=50)] = ()
    explanation: Annotated[OptionalText, Meta(description="Shown with the result, never before.")] = ""
    media_key: Annotated[str | None, Meta(description="What POST /media answered.")] = None
    version: Annotated[int, Meta(ge=1)] = 1

    def __post_init__(self) -> None:
        ids = [option.id for option in self.options]
        require(len(set(ids)) == len(ids), "option ids differ")
        strangers = ", ".join(sorted(named_options(self.key) - set(ids)))
        require(not strangers, f"the key names options that the question lacks: {strangers}")
        if isinstance(self.key, Ordering):
            require(sorted(self.key.order) == sorted(ids), "the right order holds every option once")
        require(is_sane(self.points) and 0 < self.points <= 1000, "points are above 0 and at most 1000")


class Quiz(Struct, frozen=True, forbid_unknown_fields=True):
    """An ordered, versioned list of questions: at most as many as fit into one transaction with the quiz itself."""

    quiz_id: Id
    question_ids: Annotated[tuple[Id, ...], Meta(min_length=1, max_length=99)]
    title: Annotated[str, Meta(max_length=500)] = ""
    live: LiveSettings = LiveSettings()
    version: Annotated[int, Meta(ge=1)] = 1

    def __post_init__(self) -> None:
        require(len(set(self.question_ids)) == len(self.question_ids), "a quiz asks each question once")


class Definition(Struct, frozen=True):
    """A quiz with its questions, in its order: all that scoring needs."""

    quiz: Quiz
    questions: tuple[Question, ...]
