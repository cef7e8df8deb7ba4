"""Coming in, coming back, and what one is told."""

import random
from typing import Any

import pytest

from quiz.live.clock import Action
from quiz.public import public
from tests.unit.builders import Calls, refused
from tests.unit.live_api.conftest import connections
from tests.unit.live_api.support import SECRET, Clock, Person, questions

LONG = "x" * 41


class TestPlayers:
    def test_join_the_lobby(self, lobby: str, ann: Person, clock: Clock, database: Any) -> None:
        game = clock.game()
        assert ann.join(" Ann\u200b ", request_id="r1") == {
            "type": "quiz_joined",
            "request_id": "r1",
            "game_id": lobby,
            "quiz_id": "quiz",
            "join_code": game.join_code,
            "title": "Music",
            "phase": "lobby",
            "version": 1,
            "index": -1,
            "total": 4,
            "paused": False,
            "server_time": "2026-09-21T14:13:20.000Z",
            "participant_id": "ann",
            "name": "Ann",
            "score": 0,
        }
        assert connections(database) == {(lobby, ann.connection)}

    @pytest.mark.parametrize("name", ["game", "code", "quiz"])
    def test_by_any_name_of_the_game(self, name: str, lobby: str, ann: Person, clock: Clock) -> None:
        named = {"game": lobby, "code": clock.game().join_code, "quiz": "quiz"}[name]
        assert ann.join("Ann", quiz_id=named)["game_id"] == lobby

    def test_late_ones_play_from_the_open_question(self, lobby: str, ann: Person, clock: Clock) -> None:
        clock.start()
        clock.close()
        opened = clock.next()
        clock.ms = opened.opened_at + 7_000
        told = ann.join("Ann")
        assert (told["phase"], told["index"], told["version"]) == ("open", 1, opened.version)
        assert told["question"] == {
            "id": "q2",
            "type": "single_choice",
            "text": "Choose.",
            "text_format": "plain",
            "options": [{"id": one, "text": one.upper()} for one in "abc"],
            "matches": [],
            "multiple": False,
            "time_limit": 20,
            "media_url": told["question"]["media_url"],
        }
        assert told["question"]["media_url"].startswith("https://the-media.s3.eu-central-1.amazonaws.com/media/000")
        assert told["answered"] is False
        assert ann.answer("q2", "b")["type"] == "answer_accepted"

    def test_the_time_left_can_be_told(self, lobby: str, ann: Person, clock: Clock) -> None:
        opened = clock.start()
        clock.ms = opened.opened_at + 5_000
        told = ann.join("Ann")
        assert [told[name][-13:] for name in ("opens_at", "server_time", "closes_at")] == [
            "14:13:20.500Z",
            "14:13:25.500Z",
            "14:13:40.500Z",
        ]

    def test_matches_come_in_one_order_for_everybody(self, lobby: str, clock: Clock, restart: Any) -> None:
        for _ in range(2):
            (clock.start if clock.game().index < 0 else clock.next)()
            clock.close()
        clock.next()
        shown = set()
        for number in range(4):
            shown.add(tuple(Person(f"p{number}").join("P")["question"]["matches"]))
            restart()
        # The announcement is made by another function, which has to come to the same.
        announced = public(questions()[2], random.Random(f"{lobby}:q3"))
        assert shown == {announced.matches}
        assert sorted(announced.matches) == ["1", "2", "3", "4", "5"]

    def test_between_questions_nothing_is_shown(self, lobby: str, ann: Person, clock: Clock) -> None:
        clock.start()
        clock.close()
        told = ann.join("Ann")
        assert told["phase"] == "closed"
        assert told.keys().isdisjoint({"question", "opens_at", "closes_at", "answered"})

    def test_a_pause_is_told(self, lobby: str, ann: Person, clock: Clock) -> None:
        clock.start()
        clock.move(Action.PAUSE)
        assert ann.join("Ann")["paused"] is True


class TestComingBack:
    def test_after_a_drop_everything_is_as_it_was(self, lobby: str, ann: Person, clock: Clock) -> None:
        ann.join("Ann")
        clock.start()
        ann.answer("q1", SECRET)
        clock.close()
        clock.next()
        back = Person("ann", connection="after-the-drop").join()
        assert back["name"] == "Ann"
        assert back["score"] > 500
        assert (back["phase"], back["question"]["id"], back["answered"]) == ("open", "q2", False)

    def test_points_of_the_open_question_are_a_secret(self, lobby: str, ann: Person, clock: Clock) -> None:
        ann.join("Ann")
        clock.start()
        ann.answer("q1", SECRET)
        told = ann.join()
        assert (told["answered"], told["score"]) == (True, 0)
        clock.close()
        assert ann.join()["score"] > 500

    def test_in_two_tabs_one_player(self, lobby: str, ann: Person, database: Any) -> None:
        other = Person("ann", connection="another-tab")
        assert ann.join("Ann")["participant_id"] == other.join("Somebody else")["participant_id"] == "ann"
        assert other.join("Somebody else")["name"] == "Ann"
        assert connections(database) == {(lobby, ann.connection), (lobby, "another-tab")}
        assert len(database.scan(TableName="participants")["Items"]) == 1

    def test_joining_twice_by_one_connection_is_harmless(self, lobby: str, ann: Person, database: Any) -> None:
        assert ann.join("Ann") == ann.join("Ann")
        assert len(connections(database)) == 1

    def test_somebody_who_has_said_no_name_yet_is_asked_for_it(self, lobby: str, ann: Person, database: Any) -> None:
        reply = ann.join()
        assert (reply["error"], reply["message"]) == ("invalid_input", "say who you are - at `$.user_info`")
        assert connections(database) == set()


class TestNames:
    def test_no_two_are_alike(self, lobby: str) -> None:
        spellings = ["\uff21\uff2e\uff2e", "Ann"] * 4
        names = [Person(f"p{number}").join(spelt)["name"] for number, spelt in enumerate(spellings)]
        assert names[:3] == ["ANN", "Ann 2", "ANN 3"]
        assert len({name.casefold() for name in names}) == 8
        assert all(len(name) <= 40 for name in names)

    @pytest.mark.parametrize(
        "name", ["Zoë", "Zoe\u0308", "李小龙", "عبد الله", "👩‍👩‍👧", "O'Neil <b>", "x" * 40, "ﬁ", "a\tb"]
    )
    def test_that_people_have(self, name: str, lobby: str, ann: Person) -> None:
        assert ann.join(name)["type"] == "quiz_joined"

    @pytest.mark.parametrize("name", ["", " ", "\u200b", "\u202e\u2066", "\u00a0\u3000", "\u200d", LONG, "x" * 201])
    def test_that_nobody_can_see_or_bear_are_refused(self, name: str, lobby: str, ann: Person, database: Any) -> None:
        reply = ann.join(name)
        assert reply["error"] == "invalid_input"
        assert "$.user_info.name" in reply["message"]
        assert connections(database) == set()

    def test_of_another_game_are_free(self, lobby: str, ann: Person, bob: Person, clock: Clock, host: Person) -> None:
        ann.join("Ann")
        clock.start()
        clock.close()
        clock.end()
        host.say("start_quiz")
        assert bob.join("Ann")["name"] == "Ann"


class TestHosts:
    def test_watch_without_playing(self, lobby: str, host: Person, clock: Clock, database: Any) -> None:
        clock.start()
        told = host.join()
        assert told["host"] is True
        assert told["question"]["id"] == "q1"
        assert told.keys().isdisjoint({"participant_id", "name", "score", "answered"})
        assert database.scan(TableName="participants")["Items"] == []
        assert connections(database) == {(lobby, host.connection)}

    def test_another_may_take_over(self, lobby: str) -> None:
        assert Person("colleague", "students instructors").join()["host"] is True

    def test_may_play_if_they_say_a_name(self, lobby: str, host: Person) -> None:
        told = host.join("Miss Honey")
        assert told["name"] == "Miss Honey"
        assert "host" not in told

    def test_who_lost_the_group_hosts_still(self, lobby: str) -> None:
        assert Person("teacher").join()["host"] is True


class TestTheEnd:
    @pytest.fixture
    def ended(self, lobby: str, ann: Person, clock: Clock) -> str:
        ann.join("Ann")
        clock.start()
        ann.answer("q1", SECRET)
        clock.close()
        clock.end()
        return lobby

    def test_shows_players_their_score(self, ended: str, ann: Person, database: Any) -> None:
        before = connections(database)
        told = Person("ann", connection="later").join("Ann")
        assert (told["phase"], told["name"]) == ("ended", "Ann")
        assert told["score"] > 500
        assert connections(database) == before

    def test_makes_no_new_players(self, ended: str, bob: Person, database: Any) -> None:
        told = bob.join("Bob")
        assert told["phase"] == "ended"
        assert told.keys().isdisjoint({"participant_id", "name", "score"})
        assert bob.join()["phase"] == "ended"
        assert len(database.scan(TableName="participants")["Items"]) == 1

    def test_shows_hosts_the_end(self, ended: str, host: Person, database: Any) -> None:
        assert (host.join()["phase"], host.join()["host"]) == ("ended", True)
        assert (ended, host.connection) not in connections(database)

    def test_of_one_game_is_not_the_end_of_the_next(self, ended: str, bob: Person, host: Person) -> None:
        assert bob.join("Bob")["phase"] == "ended"
        following = host.say("start_quiz")["game_id"]
        assert (bob.join("Bob")["game_id"], bob.join("Bob")["phase"]) == (following, "lobby")


class TestCalls:
    def test_a_new_player_costs_four(self, lobby: str, ann: Person, bob: Person, live: Calls) -> None:
        ann.join("Ann")
        with live.counted() as names:
            bob.join("Bob")
        assert names == ["GetItem", "TransactWriteItems", "PutItem", "GetItem"]

    def test_coming_back_costs_three(self, lobby: str, ann: Person, live: Calls) -> None:
        ann.join("Ann")
        with live.counted() as names:
            ann.join()
        assert names == ["GetItem", "PutItem", "GetItem"]

    def test_the_row_is_there_before_the_game_is_read(self, lobby: str, ann: Person, live: Calls) -> None:
        ann.join("Ann")
        live.made.clear()
        ann.join()
        tables = [call["TableName"] for _, call in live.made]
        assert tables == ["participants", "connections", "games"]
        assert live.made[-1][1]["ConsistentRead"] is True


class TestFailures:
    @pytest.mark.parametrize("operation", ["GetItem", "PutItem", "TransactWriteItems"])
    def test_a_throttled_table(self, operation: str, lobby: str, ann: Person, live: Calls) -> None:
        live.answers[operation] = lambda call: refused("ThrottlingException")
        assert ann.join("Ann", request_id="r")["error"] == "unavailable"
        live.answers.clear()
        assert ann.join("Ann")["type"] == "quiz_joined"

    def test_no_game(self, ann: Person) -> None:
        assert ann.join("Ann")["error"] == "not_found"
        assert ann.join("Ann", quiz_id="000000")["error"] == "not_found"
