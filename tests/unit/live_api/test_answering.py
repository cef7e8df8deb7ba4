"""An answer counts once and only in time, by whichever way it comes."""

from decimal import Decimal
from typing import Any

import pytest

from quiz.live.clock import Action
from tests.unit.builders import Calls, refused
from tests.unit.live_api.support import SECRET, Clock, Person, frame, send

TOLD = {"is_correct", "score_earned", "correct_answer", "total_score"}


def _metrics(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


@pytest.fixture
def opened(lobby: str, ann: Person, bob: Person, clock: Clock) -> str:
    """Ann and Bob play, and the first question is open."""
    ann.join("Ann")
    bob.join("Bob")
    clock.start()
    return lobby


def test_an_answer_is_accepted_and_what_it_earned_is_a_secret_until_the_close(
    opened: str, ann: Person, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    reply = ann.answer("q1", SECRET, request_id="r1")
    assert reply == {"type": "answer_accepted", "game_id": opened, "question_id": "q1", "request_id": "r1"}
    assert "AnswersAccepted" in _metrics(capsys)
    clock.close()
    later = ann.answer("q1", SECRET)
    assert later["is_correct"] is True
    assert later["correct_answer"] == SECRET
    assert 500 <= later["score_earned"] == later["total_score"] <= 1000
    assert "AnswersRepeated" in _metrics(capsys)


def test_a_wrong_answer_counts_as_one(opened: str, ann: Person, clock: Clock) -> None:
    ann.answer("q1", "drum")
    clock.close()
    told = ann.answer("q1", "drum")
    assert (told["is_correct"], told["score_earned"], told["total_score"]) == (False, 0, 0)


class TestWhereTheQuizTellsAtOnce:
    @pytest.fixture
    def settings(self) -> dict[str, Any]:
        return {"reveal": "answer"}

    def test_an_answer_is_told(self, opened: str, ann: Person) -> None:
        reply = ann.answer("q1", "drum")
        assert {name: reply[name] for name in TOLD} == {
            "is_correct": False,
            "score_earned": 0,
            "correct_answer": SECRET,
            "total_score": 0,
        }

    def test_coming_back_shows_the_whole_score(self, opened: str, ann: Person) -> None:
        earned = ann.answer("q1", SECRET)["score_earned"]
        assert earned > 0
        assert ann.join()["score"] == earned


class TestCalls:
    def test_a_warm_answer_is_one_call(self, opened: str, ann: Person, bob: Person, live: Calls) -> None:
        ann.answer("q1", SECRET)
        with live.counted() as names:
            bob.answer("q1", SECRET)
        assert names == ["UpdateItem"]

    def test_a_question_that_was_just_opened_costs_two_reads_more(
        self, opened: str, ann: Person, bob: Person, clock: Clock, live: Calls
    ) -> None:
        game = clock.game().game_id
        ann.answer("q1", SECRET, quiz_id=game)
        clock.close()
        bob.say("join_quiz", quiz_id=game)
        clock.next()
        clock.ms -= 1000
        with live.counted() as names:
            ann.answer("q2", "b", quiz_id=game)
        assert names == ["GetItem", "GetItem", "UpdateItem"]

    def test_a_repeated_answer_is_one_call(self, opened: str, ann: Person, live: Calls) -> None:
        ann.answer("q1", SECRET)
        with live.counted() as names:
            ann.answer("q1", SECRET)
        assert names == ["UpdateItem"]


class TestTwice:
    def test_the_same_answer_counts_once(self, opened: str, ann: Person, clock: Clock) -> None:
        first = ann.answer("q1", SECRET)
        clock.ms += 5000
        assert ann.answer("q1", SECRET) == first
        clock.close()
        assert ann.answer("q1", SECRET)["total_score"] <= 1000

    def test_spellings_of_one_answer_are_the_same(self, opened: str, ann: Person) -> None:
        assert ann.answer("q1", 1)["type"] == "answer_accepted"
        event = frame('{"action": "answer", "quiz_id": "quiz", "question_id": "q1", "answer": 1.0}', "ann")
        assert send(event)["type"] == "answer_accepted"

    def test_another_answer_is_refused(self, opened: str, ann: Person, clock: Clock) -> None:
        ann.answer("q1", "drum")
        assert ann.answer("q1", SECRET)["error"] == "conflict"
        clock.close()
        assert ann.answer("q1", SECRET)["error"] == "too_late"
        assert ann.answer("q1", "drum")["score_earned"] == 0

    def test_from_two_tabs(self, opened: str, ann: Person) -> None:
        other = Person("ann", connection="another-tab")
        assert ann.answer("q1", SECRET) == other.answer("q1", SECRET)

    def test_after_the_end(self, opened: str, ann: Person, clock: Clock) -> None:
        ann.answer("q1", SECRET)
        clock.close()
        clock.end()
        assert ann.answer("q1", SECRET)["is_correct"] is True


class TestTime:
    def test_the_grace_counts(self, opened: str, ann: Person, clock: Clock) -> None:
        clock.ms = clock.game().accepts_until
        assert ann.answer("q1", SECRET)["type"] == "answer_accepted"

    def test_too_late_stores_nothing(
        self, opened: str, ann: Person, clock: Clock, capsys: pytest.CaptureFixture[str]
    ) -> None:
        clock.ms = clock.game().accepts_until + 1
        assert ann.answer("q1", SECRET, request_id="r")["error"] == "too_late"
        assert "AnswersLate" in _metrics(capsys)
        clock.close()
        reply = ann.answer("q1", SECRET)
        assert (reply["error"], reply["message"]) == ("too_late", "the question is closed")
        assert ann.join()["score"] == 0

    def test_a_late_copy_of_an_answer_that_counts_tells_nothing_before_the_close(
        self, opened: str, ann: Person, clock: Clock
    ) -> None:
        first = ann.answer("q1", SECRET)
        clock.ms = clock.game().accepts_until + 1
        assert ann.answer("q1", SECRET) == first

    def test_a_question_before_the_last_is_closed(self, opened: str, ann: Person, bob: Person, clock: Clock) -> None:
        ann.answer("q1", SECRET)
        clock.close()
        clock.next()
        assert bob.answer("q1", SECRET)["error"] == "too_late"
        assert ann.answer("q1", SECRET)["is_correct"] is True

    def test_too_early(self, lobby: str, ann: Person, clock: Clock) -> None:
        ann.join("Ann")
        assert ann.answer("q1", SECRET)["error"] == "conflict"
        clock.start()
        assert ann.answer("q2", "b")["message"] == "the question has not been asked yet"

    def test_closing_early_is_noticed(self, opened: str, ann: Person, bob: Person, clock: Clock) -> None:
        ann.answer("q1", SECRET)
        clock.move(Action.NEXT)
        clock.ms = clock.game().accepts_until + 1
        assert bob.answer("q1", SECRET)["error"] == "too_late"


class TestWhoAndWhat:
    def test_unknown_question(self, opened: str, ann: Person) -> None:
        assert ann.answer("q9", 1)["error"] == "not_found"

    def test_unknown_game(self, ann: Person) -> None:
        assert ann.answer("q1", 1)["error"] == "not_found"

    def test_somebody_who_has_not_joined(self, opened: str, clock: Clock) -> None:
        stranger = Person("stranger")
        reply = stranger.answer("q1", SECRET)
        assert (reply["error"], reply["message"]) == ("not_found", "join the quiz first")
        clock.close()
        assert stranger.answer("q1", SECRET)["error"] == "too_late"

    def test_identity_comes_from_the_token_alone(self, opened: str, ann: Person, bob: Person) -> None:
        assert ann.answer("q1", SECRET, participant_id="bob")["error"] == "invalid_input"
        assert bob.join()["answered"] is False

    def test_null_is_no_answer(self, opened: str, ann: Person, clock: Clock) -> None:
        assert ann.answer("q1", None)["error"] == "invalid_input"
        clock.close()
        assert ann.answer("q1", None)["error"] == "too_late"

    @pytest.mark.parametrize("answer", ["", [], {}, ["b"], {"x": ["1"]}, 10**30, -1.5e300, True, "\u0000", "é" * 100])
    def test_whatever_is_answered_counts_as_an_answer(self, opened: str, ann: Person, answer: Any) -> None:
        assert ann.answer("q1", answer)["type"] == "answer_accepted"
        assert ann.answer("q1", answer)["type"] == "answer_accepted"

    def test_an_answer_has_a_kilobyte_at_most(self, opened: str, ann: Person) -> None:
        assert ann.answer("q1", "x" * 1025)["error"] == "too_large"

    def test_nesting_has_a_limit(self, opened: str, ann: Person) -> None:
        deep: Any = 1
        for _ in range(200):
            deep = [deep]
        assert ann.answer("q1", deep)["error"] == "invalid_input"

    def test_by_game_id_and_join_code(self, opened: str, ann: Person, bob: Person, clock: Clock) -> None:
        assert ann.answer("q1", SECRET, quiz_id=opened)["game_id"] == opened
        assert bob.answer("q1", SECRET, quiz_id=clock.game().join_code)["game_id"] == opened


class TestStreaks:
    @pytest.fixture
    def settings(self) -> dict[str, Any]:
        return {"streak_bonus": 100, "speed_weight": Decimal(0), "reveal": "answer"}

    def _play(self, ann: Person, clock: Clock) -> list[int]:
        earned = []
        for question_id, answer in (("q1", SECRET), ("q2", "b"), ("q3", {"x": "2", "y": "1"}), ("q4", True)):
            earned.append(ann.answer(question_id, answer)["score_earned"])
            clock.close()
            if question_id != "q4":
                clock.next()
        return earned

    def test_right_answers_in_a_row_earn_more(self, opened: str, ann: Person, clock: Clock) -> None:
        assert self._play(ann, clock) == [1000, 1100, 0, 2000]

    def test_an_environment_that_knows_no_streak_needs_two_calls(
        self, opened: str, ann: Person, bob: Person, clock: Clock, live: Calls, restart: Any
    ) -> None:
        ann.answer("q1", SECRET)
        clock.close()
        clock.next()
        restart()
        bob.answer("q2", "b")
        with live.counted() as names:
            assert ann.answer("q2", "b")["score_earned"] == 1100
        assert names == ["UpdateItem", "UpdateItem"]


class TestFailures:
    def test_a_throttled_table(self, opened: str, ann: Person, live: Calls) -> None:
        live.answers["UpdateItem"] = lambda call: refused("ThrottlingException")
        reply = ann.answer("q1", SECRET, request_id="r1")
        assert reply == {
            "type": "error",
            "request_id": "r1",
            "error": "unavailable",
            "message": "Please try again in a moment.",
        }
        live.answers.clear()
        assert ann.answer("q1", SECRET)["type"] == "answer_accepted"

    def test_a_denied_call_is_a_failure_of_ours_and_told_as_one(
        self, opened: str, ann: Person, live: Calls, caplog: pytest.LogCaptureFixture
    ) -> None:
        live.answers["UpdateItem"] = lambda call: refused("AccessDeniedException")
        reply = ann.answer("q1", SECRET)
        assert (reply["error"], reply["message"]) == ("internal_error", "Something went wrong on our side.")
        assert "AccessDenied" in caplog.text
        assert SECRET not in caplog.text

    def test_a_lost_answer_of_the_table_is_made_up_for(
        self, opened: str, ann: Person, clock: Clock, live: Calls
    ) -> None:
        ann.answer("q1", SECRET)
        live.answers["UpdateItem"] = lambda call: refused("InternalServerError", 500)
        assert ann.answer("q1", SECRET)["error"] == "unavailable"
        live.answers.clear()
        clock.close()
        assert ann.answer("q1", SECRET)["total_score"] <= 1000
