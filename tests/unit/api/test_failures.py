"""Whatever goes wrong in a route, the client gets one shape of answer and nothing that is not meant for clients."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from adapters.gateway.answering import Answering
from adapters.gateway.errors import status_of
from adapters.gateway.routing import Request, Route
from handlers.api import http
from quiz import errors
from quiz.errors import QuizError, Unavailable
from tests.unit.api.driver import REQUEST_ID, Reply, answer, event

SECRET = "table quiz-production-questions at 10.0.0.7"


def _below(error: type[QuizError]) -> Iterator[type[QuizError]]:
    yield error
    for child in error.__subclasses__():
        yield from _below(child)


ERRORS = sorted(_below(QuizError), key=lambda error: error.code)

STATUS = {
    "internal_error": 500,
    "unavailable": 503,
    "unauthenticated": 401,
    "forbidden": 403,
    "not_found": 404,
    "unknown_quiz": 404,
    "broken_quiz": 409,
    "conflict": 409,
    "conflicting_submission": 409,
    "in_use": 409,
    "outdated_session": 409,
    "too_late": 409,
    "stale_version": 412,
    "too_large": 413,
    "version_missing": 428,
}


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], Reply]:
    """The answer of a route that raises."""

    def run(error: BaseException) -> Reply:
        def call(request: Request[None]) -> Any:
            raise error

        monkeypatch.setattr(http, "bootstrap", lambda: Answering([Route("GET", "/fails", "Fail", call)]))
        request = event("GET /fails")
        monkeypatch.setattr("tests.unit.api.driver._require_documented", lambda key, reply: None)
        return answer(request)

    return run


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.code)
def test_every_error_of_the_tree_has_a_status(error: type[QuizError], failing: Callable[..., Reply]) -> None:
    reply = failing(error("said to the client"))
    assert reply.status == STATUS.get(error.code, 400) == status_of(error)
    assert reply.body["error"] == error.code
    assert reply.body["request_id"] == reply.headers["X-Request-Id"] == REQUEST_ID
    assert ("Retry-After" in reply.headers) == issubclass(error, Unavailable)


@pytest.mark.parametrize("error", [KeyError(SECRET), RuntimeError(SECRET), Unavailable(SECRET), OSError(SECRET)])
def test_what_is_not_meant_for_clients_is_not_told(error: Exception, failing: Callable[..., Reply]) -> None:
    reply = failing(error)
    assert reply.status >= 500
    assert SECRET not in str(reply)


def test_an_error_that_is_not_ours_is_logged_and_answered(
    failing: Callable[..., Reply], capsys: pytest.CaptureFixture[str]
) -> None:
    assert failing(ZeroDivisionError(SECRET)).body == {
        "error": "internal_error",
        "message": "Something went wrong on our side.",
        "request_id": REQUEST_ID,
    }
    logged = capsys.readouterr().out
    assert SECRET in logged
    assert REQUEST_ID in logged


def test_what_is_the_clients_fault_is_not_logged_as_ours(
    failing: Callable[..., Reply], capsys: pytest.CaptureFixture[str]
) -> None:
    failing(errors.NotFound("nothing there"))
    assert "ERROR" not in capsys.readouterr().out


def test_an_answer_that_cannot_be_written_is_a_failure_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    route = Route("GET", "/odd", "Odd", lambda request: object())
    monkeypatch.setattr(http, "bootstrap", lambda: Answering([route]))
    monkeypatch.setattr("tests.unit.api.driver._require_documented", lambda key, reply: None)
    assert answer(event("GET /odd")).status == 500


def test_half_a_character_in_a_message_does_not_break_the_answer(failing: Callable[..., Reply]) -> None:
    assert failing(errors.InvalidInput("unknown field `\ud800`")).body["message"] == "unknown field `?`"


def test_a_route_that_is_none_answers_404() -> None:
    for key in ("GET /nowhere", "$default", "DELETE /health"):
        reply = answer({**event("GET /health"), "routeKey": key})
        assert (reply.status, reply.error) == (404, "not_found")
