"""Routes as data: what each takes and gives, who may call it. The API's description is made from the same table."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from msgspec import Struct

from quiz import errors
from quiz.callers import Caller
from quiz.errors import InvalidInput, QuizError, VersionMissing

Body = TypeVar("Body")

# Longer than any count of changes, and short enough to be a number of a table.
_MOST_DIGITS = 15


class Request(Struct, Generic[Body], frozen=True):
    """A call after the edge: parsed, and by a known caller."""

    caller: Caller
    path: Mapping[str, str]
    query: Any
    if_match: str | None
    body: Body

    @property
    def version(self) -> int:
        """The version that a change was made from, out of If-Match."""
        if self.if_match is None:
            raise VersionMissing("send the version you read as If-Match")
        text = self.if_match.strip().removeprefix("W/").strip('"')
        if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
            raise InvalidInput("If-Match is the version you read, a number")
        return int(text)


class Answer(Struct, frozen=True):
    """What a route gives back beside the usual 200."""

    body: Any
    status: int = 200
    headers: Mapping[str, str] = {}


Call = Callable[[Request[Any]], Any]


class Route(Struct, frozen=True):
    """One method of one path.

    `query` is a struct of the parameters. `if_match` marks a change that has to say which version it was made from,
    `etag` an answer that tells its version. `errors` is what can go wrong beside what the rest of the route tells.
    """

    method: str
    path: str
    summary: str
    call: Call
    takes: Any = None
    gives: Any = None
    status: int = 200
    instructors: bool = False
    public: bool = False
    query: type[Struct] | None = None
    if_match: bool = False
    etag: bool = False
    errors: tuple[type[QuizError], ...] = ()

    @property
    def key(self) -> str:
        """The route as API Gateway writes it."""
        return f"{self.method} {self.path}"

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names in the path."""
        return tuple(re.findall(r"{(\w+)}", self.path))

    def can_fail_with(self) -> frozenset[type[QuizError]]:
        """Everything that the route may answer instead of what it gives; all of them, and no others."""
        found: set[type[QuizError]] = {errors.QuizError, errors.InvalidInput, *self.errors}
        if not self.public:
            found |= {errors.Unauthenticated, errors.Unavailable}
        if self.instructors:
            found |= {errors.Forbidden}
        if self.parameters:
            found |= {errors.NotFound}
        if self.takes is not None:
            found |= {errors.MalformedJson, errors.TooLarge}
        if self.if_match:
            found |= {errors.StaleVersion, errors.VersionMissing}
        return frozenset(found)


class Routes(list[Route]):
    """Collects the routes of one module."""

    def __call__(self, method: str, path: str, summary: str, **details: Any) -> Callable[[Call], Call]:
        """Make a route of the function below."""

        def register(call: Call) -> Call:
            self.append(Route(method=method, path=path, summary=summary, call=call, **details))
            return call

        return register
