"""Every route of the HTTP API but those that live in the cache and scheduler packages.

API Gateway has chosen the route; here it is only looked up. Powertools' resolver would choose again, by a path in which
an id may look like more of the path, and would cost each cold start 24 ms (docs/decisions/0007).
"""

from functools import cache
from typing import Any

from adapters.gateway.answering import Answering
from adapters.gateway.routing import Route
from adapters.observability import instrumented
from handlers.api import analytics, health, media, questions, quiz, quizzes
from handlers.api.live import routes as live
from handlers.api.practice import routes as practice

ROUTES: tuple[Route, ...] = (
    *health.routes,
    *questions.routes,
    *quizzes.routes,
    *media.routes,
    *quiz.routes,
    *live.routes,
    *practice.routes,
    *analytics.routes,
)


@cache
def bootstrap() -> Answering:
    """The table of routes, made once per environment."""
    return Answering(ROUTES)


@instrumented
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one request."""
    return bootstrap().respond(event)
