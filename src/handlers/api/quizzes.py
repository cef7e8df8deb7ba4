"""The quizzes of the bank, for instructors: lists of questions for live quizzes, an LMS and practice."""

import os
from functools import cache

from msgspec import Struct

from adapters import dynamo, settings
from adapters.gateway.routing import Answer, Request, Routes
from adapters.quizzes import Quizzes
from handlers.api.paging import Listing, token
from quiz.bank import QuizDraft, edited_quiz, new_quiz
from quiz.errors import BrokenQuiz, Conflict, UnknownQuiz
from quiz.questions import Quiz

routes = Routes("quizzes")


class Settings(Struct, frozen=True):
    """Environment variables of these routes."""

    quizzes_table: str
    questions_table: str


class QuizPage(Struct, frozen=True):
    """Quizzes, and the token for the page after; null after the last page, even where a page is empty."""

    quizzes: tuple[Quiz, ...]
    next: str | None


@cache
def bootstrap() -> Quizzes:
    """Everything that lives as long as the environment does."""
    configured = settings.read(Settings, os.environ)
    return Quizzes(dynamo.client(), configured.quizzes_table, configured.questions_table)


@routes("GET", "/quizzes", "List quizzes", query=Listing, gives=QuizPage, instructors=True)
def list_quizzes(request: Request[None]) -> QuizPage:
    """In no particular order."""
    listing: Listing = request.query
    page = bootstrap().page(listing.place, listing.limit)
    return QuizPage(page.things, token(page.rest))


@routes(
    "POST",
    "/quizzes",
    "Add a quiz",
    takes=QuizDraft,
    gives=Quiz,
    status=201,
    etag=True,
    instructors=True,
    errors=(Conflict,),
)
def add_quiz(request: Request[QuizDraft]) -> Answer:
    """Its questions have to be in the bank, and cannot be deleted from now on."""
    quiz = new_quiz(request.body)
    bootstrap().create(quiz)
    return Answer(quiz, 201, {"Location": f"/quizzes/{quiz.quiz_id}"})


@routes(
    "GET",
    "/quizzes/{quiz_id}",
    "Read a quiz",
    gives=Quiz,
    etag=True,
    instructors=True,
    errors=(UnknownQuiz, BrokenQuiz),
)
def read_quiz(request: Request[None]) -> Quiz:
    """The list of its questions, not the questions themselves."""
    return bootstrap().get(request.path["quiz_id"])


@routes(
    "PUT",
    "/quizzes/{quiz_id}",
    "Change a quiz",
    takes=QuizDraft,
    gives=Quiz,
    etag=True,
    if_match=True,
    instructors=True,
    errors=(UnknownQuiz, BrokenQuiz),
)
def change_quiz(request: Request[QuizDraft]) -> Quiz:
    """The whole quiz is replaced; at most 99 questions may come and go at once."""
    quiz = edited_quiz(request.body, request.path["quiz_id"], request.version)
    bootstrap().replace(quiz)
    return quiz


@routes(
    "DELETE",
    "/quizzes/{quiz_id}",
    "Delete a quiz",
    status=204,
    if_match=True,
    instructors=True,
    errors=(UnknownQuiz, BrokenQuiz),
)
def delete_quiz(request: Request[None]) -> None:
    """Its questions stay in the bank. Results stay too, but submissions to it cannot be scored any more."""
    bootstrap().delete(request.path["quiz_id"], request.version)
