"""The tree of errors: every one has a code of its own, and the drawing shows them all."""

from collections.abc import Iterator

import pytest

from quiz import errors
from quiz.errors import QuizError, Rejected, Unavailable


def _below(error: type[QuizError]) -> Iterator[type[QuizError]]:
    for child in error.__subclasses__():
        yield child
        yield from _below(child)


ALL: list[type[QuizError]] = [QuizError, *_below(QuizError)]


@pytest.mark.parametrize("error", ALL)
def test_every_error_has_its_own_code(error: type[QuizError]) -> None:
    assert "code" in vars(error)
    assert [other for other in ALL if other.code == error.code] == [error]


@pytest.mark.parametrize("error", ALL)
def test_the_drawing_shows_every_error(error: type[QuizError]) -> None:
    assert f" {error.__name__}" in f" {errors.__doc__}".replace("\n", " ")


def test_what_may_pass_is_no_rejection() -> None:
    assert not issubclass(Unavailable, Rejected)
