"""No error code is forgotten."""

import pytest

from quiz.errors import Rejected, UnknownQuiz
from tools.dlq.letters import NO_CODE, Kind
from tools.dlq.meanings import ADVICE, ELSEWHERE, OUTDATED, meaning, rejections

ALL = frozenset(rejections())


def test_of_every_rejection_it_is_known_whether_a_submission_can_meet_it() -> None:
    assert not ADVICE.keys() & ELSEWHERE
    assert ADVICE.keys() | ELSEWHERE == ALL


@pytest.mark.parametrize("error", sorted(ALL, key=str))
def test_every_code_is_explained_in_its_own_words(error: type[Rejected]) -> None:
    explained = meaning(error.code, Kind.MESSAGE)
    assert explained.meaning
    assert explained.meaning in (error.__doc__ or "")
    assert explained.command in ("redrive", "purge")


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_explained_without_a_code(kind: Kind) -> None:
    assert meaning(NO_CODE, kind).action


def test_a_code_of_a_later_release_is_no_error_of_the_tool() -> None:
    assert "knows no such code" in meaning("invented", Kind.MESSAGE).meaning


@pytest.mark.parametrize("box", OUTDATED)
def test_what_is_over_is_not_brought_back(box: str) -> None:
    explained = meaning(NO_CODE, Kind.FAILED_CALL, box)
    assert (explained.action, explained.command) == (OUTDATED[box], "purge")
    assert explained.meaning == meaning(NO_CODE, Kind.FAILED_CALL).meaning


def test_who_has_to_act_is_said() -> None:
    assert meaning(UnknownQuiz.code, Kind.MESSAGE).who == "quiz author"
