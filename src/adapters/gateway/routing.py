"""Routes as data: what each takes and gives, who may call it. The API's description is made from the same table."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Generic, Literal, TypeVar

from msgspec import Struct

from quiz import errors
from quiz.callers import Caller
from quiz.errors import InvalidInput, QuizError, VersionMissing
from quiz.sent import Sent

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

# The parts of the platform whose failures are told apart.
Pillar = Literal["quizzes", "live", "adaptive"]


class Route(Struct, frozen=True):
    """One method of one path.

    `takes` is the struct in the body, or `Sent` for the whole request, whatever it is. `query` is a struct of the
    parameters. `if_match` marks a change that has to say which version it was made from,
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
    pillar: Pillar | None = None

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
        found: set[type[QuizError]] = {errors.QuizError, *self.errors}
        # What is taken as it came can only be too large.
        found |= {errors.TooLarge} if self.takes is Sent else {errors.InvalidInput}
        if not self.public:
            found |= {errors.Unauthenticated, errors.Unavailable}
        if self.instructors:
            found |= {errors.Forbidden}
        if self.parameters:
            found |= {errors.NotFound}
        if self.takes not in (None, Sent):
            found |= {errors.MalformedJson, errors.TooLarge}
        if self.if_match:
            found |= {errors.StaleVersion, errors.VersionMissing}
        return frozenset(found)


class Routes(list[Route]):
    """Collects the routes of one module, which belong to one pillar or to none."""

    def __init__(self, pillar: Pillar | None = None) -> None:
        super().__init__()
        self._pillar = pillar

    def __call__(self, method: str, path: str, summary: str, **details: Any) -> Callable[[Call], Call]:
        """Make a route of the function below."""

        def register(call: Call) -> Call:
            self.append(Route(method, path, summary, call, pillar=self._pillar, **details))
            return call

        return register
