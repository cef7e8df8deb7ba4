"""The operations of the API, as its published description tells of them."""

import json
import re
from typing import Any, NamedTuple

import jsonschema_rs

from tools.paths import ROOT

DOCUMENT: dict[str, Any] = json.loads((ROOT / "docs" / "openapi.json").read_text())
COMPONENTS: dict[str, Any] = DOCUMENT["components"]["schemas"]

# Routes that only turn students away are asked by instructors more often than not.
_OF_INSTRUCTORS = re.compile(r".* /(questions|quizzes|media|analytics)|POST /live/|GET /live/.*/(games|results)")
# Six methods of one route.
_RARER = {f"{method} /intake/{{proxy}}" for method in ("DELETE", "GET", "HEAD", "PATCH")}
_OFTENER = {
    "POST /quiz/generate",
    "POST /quiz/submit",
    "POST /sessions/{session_id}/answer",
    "POST /answer",
    "POST /sessions",
}


class Operation(NamedTuple):
    """One method of one path."""

    key: str
    places: tuple[str, ...]
    query: dict[str, Any]
    body: dict[str, Any] | None
    answers: dict[str, Any]
    wants_version: bool

    @property
    def is_for_instructors(self) -> bool:
        return _OF_INSTRUCTORS.match(self.key) is not None

    def fault(self, status: int, body: Any) -> str | None:
        """What the description does not allow of an answer."""
        described = self.answers.get(str(status))
        if described is None:
            return f"{status} is not documented"
        # Of an answer to HEAD, API Gateway passes on no body.
        if self.key.startswith("HEAD"):
            return None
        if ("content" in described) != (body is not None):
            return "a body is there that is not documented, or the other way round"
        if body is None or _validator(self.key, str(status)).is_valid(body):
            return None
        return "the body is not of the documented shape"


def _read() -> tuple[Operation, ...]:
    found = []
    for path, methods in DOCUMENT["paths"].items():
        for method, described in methods.items():
            key = f"{method.upper()} {path}"
            operation = _operation(key.replace("{proxy}", "{proxy+}"), described)
            found += [operation] * (1 if key in _RARER else 6 if key in _OFTENER else 3)
    return tuple(found)


def _operation(key: str, described: dict[str, Any]) -> Operation:
    named = described.get("parameters", [])
    content = described.get("requestBody", {}).get("content", {})
    return Operation(
        key=key,
        places=tuple(each["name"] for each in named if each.get("in") == "path"),
        query={each["name"]: each["schema"] for each in named if each.get("in") == "query"},
        body=next(iter(content.values())).get("schema", {}) if content else None,
        answers=described["responses"],
        wants_version=any(each.get("$ref", "").endswith("/IfMatch") for each in named),
    )


_validators: dict[tuple[str, str], Any] = {}


def _validator(key: str, status: str) -> Any:
    if (key, status) not in _validators:
        schema = BY_KEY[key].answers[status]["content"]["application/json"]["schema"]
        _validators[key, status] = jsonschema_rs.validator_for({**schema, "components": DOCUMENT["components"]})
    return _validators[key, status]


OPERATIONS = _read()
OPENING = [one for one in OPERATIONS if one.key in ("POST /quiz/generate", "POST /sessions", "POST /live/{quiz_id}")]
BY_KEY = {operation.key: operation for operation in OPERATIONS}
