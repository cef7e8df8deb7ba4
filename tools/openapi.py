"""The description of the HTTP API (OpenAPI 3.1), made from its routes and models."""

import json
from typing import Any

import msgspec

from adapters.gateway.errors import ErrorBody
from handlers.api import http
from handlers.cache import leaderboard
from handlers.intake import ledger
from quiz import VERSION
from quiz.bank import QuestionDraft, QuizDraft, new_question, new_quiz
from quiz.sent import Sent
from tools.json_schemas import schemas_of
from tools.openapi_operations import operation, path_of, tag

# All that the API answers, whichever function does it.
ROUTES = (*http.ROUTES, *leaderboard.ROUTES, *ledger.ROUTES)

_ABOUT = (
    "Quizzes: a question bank, quizzes generated from it, and results. docs/api.md explains the conventions. "
    "API Gateway itself answers 401 without a valid token and 429 above the rate limit, both with `message` alone."
)
_HEADERS = {
    "ETag": {"description": "The version, in quotes: send it as If-Match.", "schema": {"type": "string"}},
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}},
    "X-Correlation-Id": {
        "description": "Yours, if you sent one, else that of the request: what follows is logged under it.",
        "schema": {"type": "string"},
    },
    "X-Request-Id": {"description": "Tell it to whoever runs the platform.", "schema": {"type": "string"}},
}
_CORRELATION_ID = {
    "name": "X-Correlation-Id",
    "in": "header",
    "required": False,
    "description": "An id of your own, of 1 to 64 letters, digits and `. _ -`; another is not taken.",
    "schema": {"type": "string", "examples": ["import-2026-11-20.7"]},
}
_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The version that the change is made from: the ETag of what you read.",
    "schema": {"type": "string", "examples": ['"1"']},
}

_QUESTION = {
    "text": "Which of these are noble gases?",
    "options": [{"id": "he", "text": "Helium"}, {"id": "n", "text": "Nitrogen"}, {"id": "ar", "text": "Argon"}],
    "key": {"type": "multiple_choice", "correct": ["he", "ar"], "partial_credit": "per_correct"},
    "category": "science",
    "difficulty": 2,
    "tags": ["chemistry"],
}
_QUIZ = {"quiz_id": "autumn-1", "title": "Autumn term", "question_ids": ["pi", "boiling"]}

_encoder = msgspec.json.Encoder(decimal_format="number")


def document() -> str:
    """The whole description as JSON."""
    described: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": "Quiz platform", "version": VERSION, "description": _ABOUT},
        "servers": [{"url": "/", "description": "The address that `terraform output -raw http_api_url` tells."}],
        "security": [{"token": []}],
        "tags": [{"name": name} for name in dict.fromkeys(tag(route) for route in ROUTES)],
        "paths": {},
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
            "parameters": {"CorrelationId": _CORRELATION_ID, "IfMatch": _IF_MATCH},
            "headers": _HEADERS,
            "schemas": _schemas(),
        },
    }
    for route in ROUTES:
        described["paths"].setdefault(path_of(route), {})[route.method.lower()] = operation(route, ROUTES)
    return json.dumps(described, indent=2, ensure_ascii=False) + "\n"


def _schemas() -> dict[str, Any]:
    models = {model for route in ROUTES for model in (route.takes, route.gives) if model not in (None, Sent)}
    schemas = schemas_of([*models, ErrorBody])
    for name, example in _examples().items():
        schemas[name]["examples"] = [example]
    return schemas


def _examples() -> dict[str, Any]:
    question = new_question(msgspec.convert(_QUESTION, QuestionDraft))
    quiz = new_quiz(msgspec.convert(_QUIZ, QuizDraft))
    return {
        "Question": json.loads(_encoder.encode(question)),
        "QuestionDraft": _QUESTION,
        "Quiz": json.loads(_encoder.encode(quiz)),
        "QuizDraft": _QUIZ,
        "Media": {"content_type": "image/png", "size": 48213},
        "ErrorBody": {"error": "not_found", "message": "there is no question 'q-1'", "request_id": "JKJaXmPLvHcESHA="},
    }
