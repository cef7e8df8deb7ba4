"""What hosts say is handed to the clock, and nobody else may say it."""

import json
from typing import Any

import pytest

from quiz.live.clock import Action
from tests.unit.builders import Calls, refused
from tests.unit.live_api.support import Clock, Person, frame, send

ACTIONS = {
    "start_quiz": "start",
    "next_question": "next",
    "pause_quiz": "pause",
    "resume_quiz": "resume",
    "end_quiz": "end",
}
TWELVE_HOURS = 12 * 3600 * 1000


def _triggers(sent: Any) -> list[dict[str, Any]]:
    return [json.loads(body) for body in sent("triggers")]


class TestStarting:
    def test_opens_a_game_and_wants_it_started(self, host: Person, clock: Clock, sent: Any) -> None:
        reply = host.say("start_quiz", request_id="r1")
        game = clock.game()
        assert reply == {
            "type": "game_state",
            "request_id": "r1",
            "game_id": game.game_id,
            "join_code": game.join_code,
            "phase": "lobby",
            "version": 1,
            "index": -1,
            "total": 4,
            "paused": False,
        }
        [trigger] = _triggers(sent)
        assert (trigger["game_id"], trigger["action"]) == (game.game_id, "start")
        assert game.host_id == "teacher"

    def test_twice_starts_one_game(self, host: Person, sent: Any) -> None:
        colleague = Person("colleague", "instructors")
        assert host.say("start_quiz")["game_id"] == colleague.say("start_quiz")["game_id"]
        assert len({trigger["game_id"] for trigger in _triggers(sent)}) == 1

    @pytest.mark.parametrize("by", ["game_id", "join_code"])
    def test_by_the_name_of_the_game(self, by: str, host: Person, sent: Any) -> None:
        opened = host.say("start_quiz")
        assert host.say("start_quiz", quiz_id=opened[by])["game_id"] == opened["game_id"]

    def test_again_after_the_end_opens_another(self, host: Person, lobby: str, clock: Clock) -> None:
        clock.start()
        clock.close()
        clock.end()
        assert host.say("start_quiz")["game_id"] != lobby
        assert host.say("start_quiz", quiz_id=lobby)["error"] == "conflict"

    def test_a_game_that_was_left_alone_for_long_is_no_reason_not_to_play(
        self, host: Person, lobby: str, clock: Clock
    ) -> None:
        clock.ms += TWELVE_HOURS
        assert host.say("start_quiz")["game_id"] != lobby

    def test_an_unknown_quiz(self, host: Person, sent: Any) -> None:
        for name in ("nothing", "123456", "game-0123456789abcdef0123"):
            assert host.say("start_quiz", quiz_id=name)["error"] == "unknown_quiz"
        assert sent("triggers") == []

    def test_a_quiz_whose_questions_are_gone(self, host: Person, database: Any) -> None:
        database.delete_item(TableName="questions", Key={"question_id": {"S": "q1"}})
        assert host.say("start_quiz")["error"] == "broken_quiz"


class TestMovingOn:
    @pytest.mark.parametrize("action", ["next_question", "pause_quiz", "resume_quiz", "end_quiz"])
    def test_is_the_clocks_business(self, action: str, lobby: str, host: Person, clock: Clock, sent: Any) -> None:
        clock.start()
        _triggers(sent)
        reply = host.say(action, version=7)
        assert (reply["type"], reply["phase"], reply["version"]) == ("game_state", "open", 2)
        [trigger] = _triggers(sent)
        assert trigger["trigger_id"]
        assert {**trigger, "trigger_id": ""} == {
            "game_id": lobby,
            "action": ACTIONS[action],
            "version": 7,
            "trigger_id": "",
        }

    def test_the_same_delivery_twice_is_the_same_trigger_and_another_is_not(self, lobby: str, sent: Any) -> None:
        _triggers(sent)
        message = {"action": "end_quiz", "quiz_id": "quiz"}
        for delivery in ("one", "one", "two"):
            send(frame(message, "teacher", "instructors", message=delivery))
        assert [trigger["trigger_id"] for trigger in _triggers(sent)] == ["one", "one", "two"]

    def test_two_clicks_on_next_are_one_wish(self, lobby: str, host: Person, clock: Clock, sent: Any) -> None:
        """The second would otherwise open the next question, if the first has just closed one."""
        clock.start()
        _triggers(sent)
        for _ in range(2):
            host.say("next_question")
        host.say("pause_quiz")
        assert [trigger.get("version") for trigger in _triggers(sent)] == [2, 2, None]

    def test_makes_no_sense_before_the_start(self, lobby: str, host: Person, sent: Any) -> None:
        _triggers(sent)
        reply = host.say("next_question")
        assert (reply["error"], reply["message"]) == ("conflict", "the quiz has not been started")
        assert sent("triggers") == []

    @pytest.mark.parametrize("action", ["next_question", "pause_quiz", "resume_quiz", "end_quiz"])
    def test_needs_a_game_that_has_not_ended(
        self, action: str, host: Person, live: Calls, clock: Clock, sent: Any
    ) -> None:
        assert host.say(action)["error"] == "not_found"
        host.say("start_quiz")
        clock.end()
        _triggers(sent)
        reply = host.say(action)
        assert (reply["error"], reply["message"]) == ("conflict", "the game has ended")
        assert sent("triggers") == []

    def test_a_pause_that_is_still_on_its_way_can_be_taken_back(
        self, lobby: str, host: Person, clock: Clock, sent: Any
    ) -> None:
        clock.start()
        _triggers(sent)
        host.say("pause_quiz")
        host.say("resume_quiz")
        assert sorted(trigger["action"] for trigger in _triggers(sent)) == ["pause", "resume"]

    def test_costs_two_calls(self, lobby: str, host: Person, clock: Clock, live: Calls) -> None:
        clock.start()
        with live.counted() as names:
            host.say("next_question", quiz_id=lobby)
        assert names == ["GetItem", "SendMessage"]


class TestWho:
    @pytest.mark.parametrize("groups", ["", "students", "instructorsx", "Instructors", "[instructors]"])
    @pytest.mark.parametrize("action", [*ACTIONS, "kick"])
    def test_only_instructors(self, action: str, groups: str, lobby: str, live: Calls, sent: Any) -> None:
        _triggers(sent)
        extra = {"participant_id": "bob"} if action == "kick" else {}
        with live.counted() as names:
            assert Person("ann", groups).say(action, **extra)["error"] == "forbidden"
        assert names == []

    def test_another_instructor_may_take_over(self, lobby: str, clock: Clock, sent: Any) -> None:
        clock.start()
        _triggers(sent)
        assert Person("colleague", "instructors").say("end_quiz")["type"] == "game_state"
        assert len(_triggers(sent)) == 1


class TestKicking:
    @pytest.fixture
    def joined(self, lobby: str, ann: Person, bob: Person) -> str:
        ann.join("Ann")
        bob.join("Bob")
        return lobby

    def test_takes_a_player_out_and_tells_them(
        self, joined: str, host: Person, ann: Person, clock: Clock, sent: Any, database: Any
    ) -> None:
        assert host.say("kick", participant_id="ann")["type"] == "game_state"
        [job] = [json.loads(body) for body in sent("jobs")]
        assert (job["game_id"], job["kick"]) == (joined, "ann")
        assert job["message"] == {"type": "kicked", "game_id": joined}
        [out] = [item for item in database.scan(TableName="participants")["Items"] if item["kicked"]["BOOL"]]
        assert out["rank_score"]["N"].startswith("-")

    def test_who_was_kicked_stays_out(self, joined: str, host: Person, ann: Person, bob: Person, clock: Clock) -> None:
        clock.start()
        ann.answer("q1", "before")
        host.say("kick", participant_id="ann")
        tab = Person("ann", connection="another-tab")
        assert [tab.join("Ann")["error"], tab.join("New name")["error"], tab.join()["error"]] == ["forbidden"] * 3
        assert ann.answer("q1", "after")["error"] == "forbidden"
        assert bob.answer("q1", "x")["type"] == "answer_accepted"
        clock.close()
        assert ann.answer("q1", "before")["error"] == "forbidden"
        clock.end()
        assert tab.join()["error"] == "forbidden"

    def test_twice_is_harmless(self, joined: str, host: Person) -> None:
        assert host.say("kick", participant_id="ann") == host.say("kick", participant_id="ann")

    def test_nobody(self, joined: str, host: Person, sent: Any) -> None:
        assert host.say("kick", participant_id="nobody")["error"] == "not_found"
        assert sent("jobs") == []

    def test_after_the_end_the_ranks_are_final(self, joined: str, host: Person, clock: Clock, sent: Any) -> None:
        clock.end()
        assert host.say("kick", participant_id="ann")["error"] == "conflict"
        assert sent("jobs") == []


class TestFailures:
    def test_a_queue_that_is_down(self, lobby: str, host: Person, live: Calls) -> None:
        live.answers["SendMessage"] = lambda call: refused("ServiceUnavailable", 503)
        assert host.say("end_quiz")["error"] == "unavailable"

    def test_a_queue_that_takes_no_jobs(self, lobby: str, host: Person, ann: Person, live: Calls) -> None:
        ann.join("Ann")
        live.answers["SendMessage"] = lambda call: refused("ServiceUnavailable", 503)
        assert host.say("kick", participant_id="ann")["error"] == "unavailable"
        live.answers.clear()
        assert host.say("kick", participant_id="ann")["type"] == "game_state"

    def test_a_wish_made_for_another_version_is_left_to_the_clock(
        self, lobby: str, host: Person, clock: Clock, sent: Any
    ) -> None:
        clock.start()
        clock.move(Action.PAUSE)
        _triggers(sent)
        assert host.say("next_question", version=2)["version"] == 3
        assert [trigger["version"] for trigger in _triggers(sent)] == [2]
