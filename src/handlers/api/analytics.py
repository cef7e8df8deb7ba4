"""How practice goes, question by question, for instructors."""

import os
import time
from functools import cache
from typing import Annotated

from msgspec import Meta, Struct

from adapters import dynamo, settings
from adapters.gateway.routing import Request, Routes
from adapters.practice_reports import PracticeReports, QuestionFigures, QuestionHours
from handlers.api.paging import Listing, token
from quiz.fields import Category
from quiz.practice.analytics import Figures, hour_of

routes = Routes("adaptive")


class Settings(Struct, frozen=True):
    """Environment variables of these routes."""

    analytics_table: str


class AnalyticsListing(Listing, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which questions are wanted."""

    category: Annotated[Category, Meta(description="Only questions of this category.")]


class Hours(Struct, frozen=True, forbid_unknown_fields=True):
    """How far back is wanted."""

    hours: Annotated[int, Meta(ge=1, le=720, description="So many hours, the current one among them.")] = 24


class AnalyticsPage(Struct, frozen=True):
    """Questions, the hardest of the page first, and the token for the page after; null after the last page.

    `overall` tells of all questions of the category, null as long as nobody has answered any.
    """

    category: str
    overall: Figures | None
    questions: tuple[QuestionFigures, ...]
    next: str | None


@cache
def bootstrap() -> PracticeReports:
    """Everything that lives as long as the environment does."""
    return PracticeReports(dynamo.client(), settings.read(Settings, os.environ).analytics_table)


@routes(
    "GET",
    "/analytics/questions",
    "List how hard the questions of a category are",
    query=AnalyticsListing,
    gives=AnalyticsPage,
    instructors=True,
)
def list_question_figures(request: Request[None]) -> AnalyticsPage:
    """Those that were answered in practice; from page to page by id, and within a page the hardest first."""
    listing: AnalyticsListing = request.query
    page = bootstrap().page(listing.category, listing.place, listing.limit)
    hardest = sorted(page.things, key=lambda each: (-each.difficulty, each.question_id))
    return AnalyticsPage(
        category=listing.category,
        overall=bootstrap().of_category(listing.category),
        questions=tuple(hardest),
        next=token(page.rest),
    )


@routes(
    "GET",
    "/analytics/questions/{question_id}",
    "Read how hard a question is, hour by hour",
    query=Hours,
    gives=QuestionHours,
    instructors=True,
)
def read_question_figures(request: Request[None]) -> QuestionHours:
    """Hours are those of UTC; they are kept for 400 days, and the total for good."""
    asked: Hours = request.query
    since = hour_of(int(time.time()) - (asked.hours - 1) * 3_600)
    return bootstrap().of_question(request.path["question_id"], since)
