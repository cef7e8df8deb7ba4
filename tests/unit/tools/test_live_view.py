"""The state that a client keeps, message by message; and the clock and the pauses that it goes by."""

import random

import pytest

from quiz.live.messages import (
    AnswerAccepted,
    Asked,
    Kicked,
    NewQuestion,
    QuestionClosed,
    QuestionClosing,
    QuizEnded,
    QuizJoined,
    QuizPaused,
    ServerMessage,
    You,
)
from quiz.live.standings import Counts
from tools.live.timing import ServerClock, Timing, pause, shortly_before
from tools.live.view import View, after

_GAME = "game-0123456789abcdef0123"
_NOON = "2026-11-20T12:00:00.000Z"
_ASKED = Asked("q1", "true_false", "Is it?", "plain", (), (), False, 20, None)
_COUNTS = Counts(players=2, answered=1, correct=1, answers={"true": 1})


def joined(version: int = 1, phase: str = "lobby", **fields: object) -> QuizJoined:
    known = {"game_id": _GAME, "quiz_id": "q", "join_code": "123456", "title": "", "index": -1, "total": 2}
    return QuizJoined(**{**known, "phase": phase, "version": version, "paused": False, "server_time": _NOON, **fields})  # type: ignore[arg-type]


def opened(version: int, game_id: str = _GAME) -> NewQuestion:
    return NewQuestion(
        game_id=game_id,
        version=version,
        question=_ASKED,
        index=0,
        total=2,
        opens_at=_NOON,
        closes_at=_NOON,
        server_time=_NOON,
    )


def closing(version: int) -> QuestionClosing:
    return QuestionClosing(
        game_id=_GAME, version=version, index=0, closes_at="2026-11-20T12:00:01.000Z", server_time=_NOON
    )


def closed(version: int) -> QuestionClosed:
    return QuestionClosed(
        game_id=_GAME,
        version=version,
        question_id="q1",
        index=0,
        total=2,
        correct_answer=True,
        explanation="",
        counts=_COUNTS,
        leaderboard=(),
        you=You(rank=1, score=900, earned=900, correct=True),
    )


def paused(version: int, is_paused: bool = True) -> QuizPaused:
    return QuizPaused(game_id=_GAME, version=version, paused=is_paused)


def seen(*messages: ServerMessage) -> View:
    view = View()
    for message in messages:
        view = after(view, message)
    return view


def test_a_question_opens_is_answered_closes_and_the_game_ends() -> None:
    accepted = AnswerAccepted(game_id=_GAME, question_id="q1")
    view = seen(joined(), opened(2))
    assert (view.phase, view.index, view.question, view.answered) == ("open", 0, _ASKED, False)
    view = after(after(view, accepted), closing(3))
    assert (view.answered, view.closes_at) == (True, "2026-11-20T12:00:01.000Z")
    view = after(view, closed(4))
    assert (view.phase, view.question, view.score, view.rank) == ("closed", None, 900, 1)
    ended = QuizEnded(game_id=_GAME, version=5, players=1, leaderboard=(), you=You(1, 950, 0, None))
    view = after(view, ended)
    assert (view.phase, view.score, view.is_over) == ("ended", 950, True)


@pytest.mark.parametrize("old", [opened(2), opened(1), paused(2), opened(9, "game-of-somebody-else")])
def test_what_is_old_or_of_another_game_changes_nothing(old: ServerMessage) -> None:
    view = seen(joined(), opened(2))
    assert after(view, old) is view


def test_an_older_answer_to_joining_changes_nothing() -> None:
    view = seen(joined(), opened(2))
    assert after(view, joined(1)) is view


def test_joining_again_tells_everything_anew() -> None:
    view = seen(joined(), opened(2), joined(5, "open", index=1, question=_ASKED, answered=True, score=700))
    assert (view.version, view.index, view.answered, view.score) == (5, 1, True, 700)


def test_another_game_of_the_quiz_begins_from_nothing() -> None:
    view = seen(joined(), opened(2), closed(3), joined(1, game_id="game-ffffffffffffffffffff"))
    assert (view.version, view.score, view.phase) == (1, 0, "lobby")


@pytest.mark.parametrize("partial", [closing(4), paused(4)])
def test_after_a_gap_a_message_that_tells_only_a_change_is_of_no_use(partial: ServerMessage) -> None:
    view = seen(joined(), opened(2), partial)
    assert (view.version, view.is_stale, view.paused, view.closes_at) == (2, True, False, _NOON)
    assert not after(view, joined(4, "open")).is_stale
    # Of what tells everything, nothing is missing.
    assert not after(view, opened(5)).is_stale


def test_a_gap_before_a_message_that_tells_everything_does_not_matter() -> None:
    view = seen(joined(), closed(7))
    assert (view.version, view.phase, view.is_stale) == (7, "closed", False)


def test_what_comes_before_the_answer_to_joining_is_kept_for_after_it() -> None:
    view = seen(paused(3), opened(2), joined(1))
    assert (view.version, view.phase, view.paused) == (3, "open", True)
    assert seen(opened(2), joined(2, "open")).version == 2


def test_an_accepted_answer_to_another_question_is_not_one_to_this() -> None:
    view = seen(joined(), opened(2), AnswerAccepted(game_id=_GAME, question_id="q0", total_score=5))
    assert (view.answered, view.score) == (False, 0)
    assert after(view, AnswerAccepted(game_id=_GAME, question_id="q1", total_score=5)).score == 5


def test_a_pause_ends_and_whoever_was_sent_away_is_done() -> None:
    view = seen(joined(), paused(2), paused(3, False))
    assert not view.paused
    assert after(view, Kicked(game_id=_GAME)).is_over


def test_pauses_double_up_to_their_bound_and_are_drawn_below_it() -> None:
    timing = Timing(first_pause=0.5, longest_pause=30)
    most = [pause(attempt, timing, lambda low, high: high) for attempt in (0, 1, 2, 5, 6, 10_000)]
    assert most == [0.5, 1, 2, 16, 30, 30]
    assert 0 <= pause(3, timing) <= 4
    chance = random.Random(1)
    assert all(80 <= shortly_before(100, chance.uniform) <= 100 for _ in range(100))


class Times:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_the_offset_lies_between_what_was_heard_and_what_was_asked() -> None:
    times = Times()
    clock = ServerClock(times)
    # Made by the server at 12:00:00 or before 100.0 here, and after 99.0 here.
    clock.heard(_NOON, asked_at=99.0)
    assert clock.now() == pytest.approx(1_795_176_000.5)
    # A quicker answer narrows it, a slower one tells nothing new.
    times.now = 110.0
    clock.heard("2026-11-20T12:00:10.400Z", asked_at=109.8)
    assert clock.now() == pytest.approx(1_795_176_010.5, abs=0.1)
    before = clock.offset
    clock.heard("2026-11-20T12:00:09.000Z", asked_at=100.0)
    assert clock.offset == before
    assert clock.until("2026-11-20T12:00:12.500Z") == pytest.approx(2, abs=0.1)
    assert clock.until(_NOON) == 0


def test_a_clock_that_was_set_is_believed_at_once() -> None:
    times = Times()
    clock = ServerClock(times)
    clock.heard(_NOON, asked_at=99.9)
    clock.heard("2026-11-20T13:00:00.000Z", asked_at=99.9)
    assert clock.now() == pytest.approx(1_795_179_600, abs=0.1)
    clock.heard("2026-11-20T14:00:00.000Z")
    assert clock.now() == pytest.approx(1_795_183_200, abs=0.1)


def test_before_anything_is_heard_our_own_clock_has_to_do() -> None:
    clock = ServerClock()
    assert clock.until("2020-01-01T00:00:00.000Z") == 0
