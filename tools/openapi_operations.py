"""What the description of the API says of a single route."""

import inspect
import re
from collections.abc import Iterable
from http import HTTPStatus
from itertools import groupby
from typing import Any

from adapters.gateway.errors import ErrorBody, status_of
from adapters.gateway.routing import Route
from quiz.errors import QuizError
from quiz.sent import Sent
from tools.json_schemas import reference, schemas_of, without_null

# A body of theirs would be taken, but HTTP gives it no meaning.
_WITHOUT_BODY = {"DELETE", "GET", "HEAD"}

# On every answer.
_IDS = ("X-Correlation-Id", "X-Request-Id")


def path_of(route: Route) -> str:
    """The path as OpenAPI writes it, which cannot say that a parameter takes the rest of the path."""
    return route.path.replace("+}", "}")


def operation(route: Route, routes: Iterable[Route]) -> dict[str, Any]:
    """What is said of one route; `routes` are all that there are."""
    return {
        "operationId": _name(route, routes),
        "tags": [tag(route)],
        "summary": route.summary,
        "description": inspect.cleandoc(route.call.__doc__ or ""),
        **({"security": []} if route.public else {}),
        "parameters": [
            *_path_parameters(route),
            *_query_parameters(route),
            *([{"$ref": "#/components/parameters/IfMatch"}] if route.if_match else []),
            {"$ref": "#/components/parameters/CorrelationId"},
        ],
        **_body(route),
        "responses": {str(route.status): _success(route), **_failures(route.can_fail_with())},
    }


def _name(route: Route, routes: Iterable[Route]) -> str:
    """That of the function behind it, and of the method where it stands behind several."""
    name = route.call.__name__
    shared = sum(other.call is route.call for other in routes) > 1
    return f"{name}_{route.method.lower()}" if shared else name


def _body(route: Route) -> dict[str, Any]:
    if route.takes is None or (route.takes is Sent and route.method in _WITHOUT_BODY):
        return {}
    if route.takes is Sent:
        return {"requestBody": {"required": False, "content": {"*/*": {}}}}
    return {"requestBody": {"required": True, "content": _content(route.takes)}}


def tag(route: Route) -> str:
    """The part of the API that a route belongs to."""
    return route.call.__module__.removesuffix(".routes").rpartition(".")[2]


def _path_parameters(route: Route) -> Iterable[dict[str, Any]]:
    for name in route.parameters:
        schema = {"type": "string", "minLength": 1, "maxLength": 128}
        yield {"name": name, "in": "path", "required": True, "schema": schema}
    for name in re.findall(r"{(\w+)\+}", route.path):
        text = {"description": "Whatever you like, slashes too.", "schema": {"type": "string", "minLength": 1}}
        yield {"name": name, "in": "path", "required": True, **text}


def _query_parameters(route: Route) -> Iterable[dict[str, Any]]:
    if route.query is None:
        return
    schema = schemas_of([route.query])[route.query.__name__]
    for name, described in schema["properties"].items():
        text = {"description": described.pop("description")} if "description" in described else {}
        required = name in schema.get("required", [])
        yield {"name": name, "in": "query", "required": required, **text, "schema": without_null(described)}


def _success(route: Route) -> dict[str, Any]:
    headers = _headers(*_IDS, *(["ETag"] if route.etag else []))
    content = {} if route.gives is None or route.method == "HEAD" else {"content": _content(route.gives)}
    return {"description": HTTPStatus(route.status).phrase, "headers": headers, **content}


def _failures(found: Iterable[type[QuizError]]) -> dict[str, Any]:
    by_status = groupby(sorted(found, key=lambda error: (status_of(error), error.code)), key=status_of)
    return {str(status): _failure(status, list(errors)) for status, errors in by_status}


def _failure(status: int, errors: list[type[QuizError]]) -> dict[str, Any]:
    meanings = [f"`{error.code}`: {_meaning(error)}" for error in errors]
    schema = {**_content(ErrorBody)["application/json"]["schema"]}
    schema["properties"] = {"error": {"enum": [error.code for error in errors]}}
    headers = _headers(*_IDS, *(["Retry-After"] if status == HTTPStatus.SERVICE_UNAVAILABLE else []))
    return {"description": "\n".join(meanings), "headers": headers, "content": {"application/json": {"schema": schema}}}


def _meaning(error: type[QuizError]) -> str:
    return (error.__doc__ or "").splitlines()[0] if error is not QuizError else "Something went wrong on our side."


def _headers(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _content(model: Any) -> dict[str, Any]:
    return {"application/json": {"schema": reference(model)}}
