"""The questions of the bank, for instructors."""

import os
from functools import cache
from typing import Annotated

from msgspec import Meta, Struct

from adapters import dynamo, settings
from adapters.gateway.routing import Answer, Request, Routes
from adapters.question_lists import QuestionLists
from adapters.questions import Questions
from handlers.api.paging import Listing, token
from quiz.bank import DIFFICULTIES, QuestionDraft, bucket, edited_question, new_question
from quiz.errors import BrokenQuiz, Conflict, InUse
from quiz.fields import Category, Difficulty, Tag
from quiz.questions import Question

routes = Routes("quizzes")


class Settings(Struct, frozen=True):
    """Environment variables of these routes."""

    questions_table: str


class QuestionListing(Listing, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which questions are wanted."""

    category: Annotated[Category | None, Meta(description="Only questions of this category.")] = None
    difficulty: Annotated[Difficulty | None, Meta(description="Only questions of this difficulty.")] = None
    tag: Annotated[Tag | None, Meta(description="Only questions with this tag.")] = None

    @property
    def buckets(self) -> tuple[str, ...]:
        """The buckets that hold them all; none if every bucket may."""
        if self.category is None:
            return ()
        return tuple(bucket(self.category, each) for each in DIFFICULTIES if self.difficulty in (None, each))

    def wants(self, question: Question) -> bool:
        """Whether a question that was read is one of them."""
        return self.difficulty in (None, question.difficulty) and (self.tag is None or self.tag in question.tags)


class QuestionPage(Struct, frozen=True):
    """Questions, and the token for the page after; null after the last page, even where a page is empty."""

    questions: tuple[Question, ...]
    next: str | None


@cache
def bootstrap() -> tuple[Questions, QuestionLists]:
    """Everything that lives as long as the environment does."""
    table = settings.read(Settings, os.environ).questions_table
    return Questions(dynamo.client(), table), QuestionLists(dynamo.client(), table)


@routes("GET", "/questions", "List questions", query=QuestionListing, gives=QuestionPage, instructors=True)
def list_questions(request: Request[None]) -> QuestionPage:
    """With their keys. Tags, and a difficulty without category, sort out what was read: such pages may be short."""
    _, lists = bootstrap()
    listing: QuestionListing = request.query
    page = lists.page(listing.buckets, listing.place, listing.limit)
    return QuestionPage(tuple(each for each in page.things if listing.wants(each)), token(page.rest))


@routes(
    "POST",
    "/questions",
    "Add a question",
    takes=QuestionDraft,
    gives=Question,
    status=201,
    etag=True,
    instructors=True,
    errors=(Conflict,),
)
def add_question(request: Request[QuestionDraft]) -> Answer:
    """Without an id it gets one that is made from its content, so that it cannot be added twice by accident."""
    question = new_question(request.body)
    questions, _ = bootstrap()
    questions.create(question)
    return Answer(question, 201, {"Location": f"/questions/{question.question_id}"})


@routes(
    "GET",
    "/questions/{question_id}",
    "Read a question",
    gives=Question,
    etag=True,
    instructors=True,
    errors=(BrokenQuiz,),
)
def read_question(request: Request[None]) -> Question:
    """With its key."""
    questions, _ = bootstrap()
    return questions.get(request.path["question_id"])


@routes(
    "PUT",
    "/questions/{question_id}",
    "Change a question",
    takes=QuestionDraft,
    gives=Question,
    etag=True,
    if_match=True,
    instructors=True,
)
def change_question(request: Request[QuestionDraft]) -> Question:
    """The whole question is replaced. Quizzes that were generated before keep the question as it was."""
    question = edited_question(request.body, request.path["question_id"], request.version)
    questions, _ = bootstrap()
    questions.replace(question)
    return question


@routes(
    "DELETE",
    "/questions/{question_id}",
    "Delete a question",
    status=204,
    if_match=True,
    instructors=True,
    errors=(InUse,),
)
def delete_question(request: Request[None]) -> None:
    """Refused while a quiz asks the question; generated quizzes keep it as it was."""
    questions, _ = bootstrap()
    questions.delete(request.path["question_id"], request.version)
