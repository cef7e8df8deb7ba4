"""Errors as HTTP answers: one table, used by the answers and by the API's description alike."""

from collections.abc import Mapping
from typing import Annotated, Any

from msgspec import Meta, Struct

from quiz import errors

_STATUS: Mapping[type[errors.QuizError], int] = {
    errors.QuizError: 500,
    errors.Rejected: 400,
    errors.Unauthenticated: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.BrokenQuiz: 409,
    errors.StaleVersion: 412,
    errors.TooLarge: 413,
    errors.VersionMissing: 428,
    errors.Unavailable: 503,
}

RETRY_AFTER_SECONDS = 2


class ErrorBody(Struct, frozen=True, omit_defaults=True):
    """What every error looks like."""

    error: str
    message: str
    request_id: str
    current: Annotated[Any, Meta(description="With `outdated_session` alone: the session as it stands.")] = None


def status_of(error: type[errors.QuizError]) -> int:
    """The status of an error, or of the nearest error above it in the tree."""
    return next(_STATUS[above] for above in error.__mro__ if above in _STATUS)


def body_of(error: Exception, request_id: str) -> ErrorBody:
    """What the client is told: nothing of an error that is not ours."""
    if isinstance(error, errors.Unavailable):
        return ErrorBody(error.code, "Please try again in a moment.", request_id)
    if isinstance(error, errors.QuizError):
        # What it quotes of the request may hold half a character, which no JSON text can.
        told = str(error).encode(errors="replace").decode()
        return ErrorBody(error.code, told, request_id, getattr(error, "current", None))
    return ErrorBody(errors.QuizError.code, "Something went wrong on our side.", request_id)
