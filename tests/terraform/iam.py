"""What policies come to: IAM's own rules for one request, as far as the policies here use them."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Request:
    """One call: what is done to what, and what else AWS knows about it."""

    action: str
    resource: str = "*"
    context: Mapping[str, str] = field(default_factory=dict)


def allows(documents: Sequence[str], request: Request) -> bool:
    """Whether something in the documents allows it and nothing denies it."""
    effects = {
        statement["Effect"]
        for document in documents
        for statement in json.loads(document)["Statement"]
        if _applies(statement, request)
    }
    return effects == {"Allow"}


def _applies(statement: Mapping[str, Any], request: Request) -> bool:
    if "NotAction" in statement:
        raise ValueError("no policy here uses NotAction")
    if not _any_matches(statement["Action"], request.action, re.IGNORECASE):
        return False
    excluded = "NotResource" in statement
    if _any_matches(statement["NotResource" if excluded else "Resource"], request.resource) == excluded:
        return False
    tests = statement.get("Condition", {})
    return all(
        _holds(operator, _listed(expected), request.context.get(key))
        for operator, keys in tests.items()
        for key, expected in keys.items()
    )


def _holds(operator: str, expected: Sequence[str], actual: str | None) -> bool:
    """A key that is not there fails every test but the plainly negated one and those that say so."""
    if operator == "StringEquals":
        return actual in expected
    if operator == "StringEqualsIfExists":
        return actual is None or actual in expected
    if operator == "StringNotEquals":
        return actual not in expected
    if operator == "ForAnyValue:StringNotEquals":
        return actual is not None and actual not in expected
    if operator == "Null":
        return expected == ["true" if actual is None else "false"]
    raise ValueError(f"no policy here uses {operator}")


def _any_matches(patterns: str | list[str], value: str, flags: int = 0) -> bool:
    return any(re.fullmatch(_expression(pattern), value, flags) for pattern in _listed(patterns))


def _expression(pattern: str) -> str:
    return re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
