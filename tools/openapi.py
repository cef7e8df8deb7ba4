"""The description of the HTTP API (OpenAPI 3.1), made from its routes and models."""

import inspect
import json
from collections.abc import Iterable
from http import HTTPStatus
from itertools import groupby
from typing import Any

import msgspec

from adapters.gateway.errors import ErrorBody, status_of
from adapters.gateway.routing import Route
from handlers.api import http
from handlers.cache import leaderboard
from quiz import VERSION
from quiz.bank import QuestionDraft, QuizDraft, new_question, new_quiz
from quiz.errors import QuizError
from tools.json_schemas import reference, schemas_of, without_null

# All that the API answers, whichever function does it.
ROUTES = (*http.ROUTES, *leaderboard.ROUTES)

_ABOUT = (
    "Quizzes: a question bank, quizzes generated from it, and results. docs/api.md explains the conventions. "
    "API Gateway itself answers 401 without a valid token and 429 above the rate limit, both with `message` alone."
)
_HEADERS = {
    "ETag": {"description": "The version, in quotes: send it as If-Match.", "schema": {"type": "string"}},
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}},
    "X-Request-Id": {"description": "Tell it to whoever runs the platform.", "schema": {"type": "string"}},
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
        "tags": [{"name": name} for name in dict.fromkeys(_tag(route) for route in ROUTES)],
        "paths": {},
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
            "parameters": {"IfMatch": _IF_MATCH},
            "headers": _HEADERS,
            "schemas": _schemas(),
        },
    }
    for route in ROUTES:
        described["paths"].setdefault(route.path, {})[route.method.lower()] = _operation(route)
    return json.dumps(described, indent=2, ensure_ascii=False) + "\n"


def _operation(route: Route) -> dict[str, Any]:
    return {
        "operationId": route.call.__name__,
        "tags": [_tag(route)],
        "summary": route.summary,
        "description": inspect.cleandoc(route.call.__doc__ or ""),
        **({"security": []} if route.public else {}),
        "parameters": [
            *_path_parameters(route),
            *_query_parameters(route),
            *([{"$ref": "#/components/parameters/IfMatch"}] if route.if_match else []),
        ],
        **({} if route.takes is None else {"requestBody": {"required": True, "content": _content(route.takes)}}),
        "responses": {str(route.status): _success(route), **_failures(route.can_fail_with())},
    }


def _tag(route: Route) -> str:
    return route.call.__module__.removesuffix(".routes").rpartition(".")[2]


def _path_parameters(route: Route) -> Iterable[dict[str, Any]]:
    for name in route.parameters:
        schema = {"type": "string", "minLength": 1, "maxLength": 128}
        yield {"name": name, "in": "path", "required": True, "schema": schema}


def _query_parameters(route: Route) -> Iterable[dict[str, Any]]:
    if route.query is None:
        return
    schema = schemas_of([route.query])[route.query.__name__]
    for name, described in schema["properties"].items():
        text = {"description": described.pop("description")} if "description" in described else {}
        required = name in schema.get("required", [])
        yield {"name": name, "in": "query", "required": required, **text, "schema": without_null(described)}


def _success(route: Route) -> dict[str, Any]:
    headers = _headers("X-Request-Id", *(["ETag"] if route.etag else []))
    content = {} if route.gives is None else {"content": _content(route.gives)}
    return {"description": HTTPStatus(route.status).phrase, "headers": headers, **content}


def _failures(found: Iterable[type[QuizError]]) -> dict[str, Any]:
    by_status = groupby(sorted(found, key=lambda error: (status_of(error), error.code)), key=status_of)
    return {str(status): _failure(status, list(errors)) for status, errors in by_status}


def _failure(status: int, errors: list[type[QuizError]]) -> dict[str, Any]:
    meanings = [f"`{error.code}`: {_meaning(error)}" for error in errors]
    schema = {**_content(ErrorBody)["application/json"]["schema"]}
    schema["properties"] = {"error": {"enum": [error.code for error in errors]}}
    headers = _headers("X-Request-Id", *(["Retry-After"] if status == HTTPStatus.SERVICE_UNAVAILABLE else []))
    return {"description": "\n".join(meanings), "headers": headers, "content": {"application/json": {"schema": schema}}}


def _meaning(error: type[QuizError]) -> str:
    return (error.__doc__ or "").splitlines()[0] if error is not QuizError else "Something went wrong on our side."


def _headers(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _content(model: Any) -> dict[str, Any]:
    return {"application/json": {"schema": reference(model)}}


def _schemas() -> dict[str, Any]:
    models = {model for route in ROUTES for model in (route.takes, route.gives) if model is not None}
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
