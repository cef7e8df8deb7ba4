"""Live quizzes over HTTP, every answer held against the API's description."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError

from adapters.live.reports import Reports
from quiz.errors import Conflict, Unavailable
from quiz.live.clock import Action
from tests.unit.api.driver import STUDENT, Reply, call
from tests.unit.builders import Calls, refused
from tests.unit.live_api.conftest import client_of
from tests.unit.live_api.support import SECRET, Clock, Person

ANSWER, HOST, STATE = "POST /answer", "POST /live/{quiz_id}", "GET /live/{quiz_id}"
GAMES, RESULTS = "GET /live/{quiz_id}/games", "GET /live/{quiz_id}/results"
FILES = ("results.json", "players.csv", "questions.csv")


def _host(action: str, name: str = "quiz", **more: Any) -> Reply:
    return call(HOST, {"action": action, **more}, path={"quiz_id": name})


def _answer(answer: Any, question_id: str = "q1", name: str = "quiz") -> Reply:
    return call(ANSWER, {"quiz_id": name, "question_id": question_id, "answer": answer}, groups=STUDENT)


class TestAnswering:
    @pytest.fixture
    def opened(self, lobby: str, clock: Clock) -> str:
        Person("person-1").join("Me")
        clock.start()
        return lobby

    def test_is_the_same_as_over_the_socket(self, opened: str, clock: Clock) -> None:
        secret = {"is_correct": None, "score_earned": None, "correct_answer": None, "total_score": None}
        assert _answer(SECRET).body == {"game_id": opened, "question_id": "q1", **secret}
        assert Person("person-1").answer("q1", SECRET)["type"] == "answer_accepted"
        clock.close()
        told = _answer(SECRET).body
        assert (told["is_correct"], told["correct_answer"]) == (True, SECRET)
        assert told["score_earned"] == told["total_score"] > 500

    def test_a_warm_answer_is_one_call(self, opened: str, live: Calls) -> None:
        _answer(SECRET)
        with live.counted() as names:
            _answer(SECRET)
        assert names == ["UpdateItem"]

    def test_what_goes_wrong_has_its_status(self, opened: str, clock: Clock) -> None:
        assert (_answer(None).status, _answer("x" * 2000).status) == (400, 413)
        assert (_answer(1, "q9").status, _answer(1, name="nothing").status) == (404, 404)
        assert (_answer(1, "q2").status, _answer(1, "q2").error) == (409, "conflict")
        clock.ms = clock.game().accepts_until + 1
        assert (_answer(1).status, _answer(1).error) == (409, "too_late")

    def test_who_was_kicked_may_not(self, opened: str, host: Person) -> None:
        host.say("kick", participant_id="person-1")
        assert (_answer(1).status, _answer(1).error) == (403, "forbidden")


class TestHosting:
    @pytest.mark.parametrize("groups", ["", STUDENT])
    def test_is_for_instructors(self, groups: str, live: Calls) -> None:
        assert call(HOST, {"action": "open"}, groups=groups).status == 403

    def test_open_makes_a_new_game(self, live: Calls, sent: Any) -> None:
        first, second = _host("open"), _host("open")
        assert first.status == 202
        assert first.body["game_id"] != second.body["game_id"]
        assert (first.body["phase"], first.body["total"], len(first.body["join_code"])) == ("lobby", 4, 6)
        assert sent("triggers") == []

    def test_open_sent_again_is_the_same_game(self, live: Calls, clock: Clock, database: Any) -> None:
        first = _host("open", request_id="r1").body
        clock.start()
        database.delete_item(TableName="questions", Key={"question_id": {"S": "q1"}})
        again = _host("open", request_id="r1").body
        assert (again["game_id"], again["phase"]) == (first["game_id"], "open")

    def test_another_host_may_call_theirs_alike(self, host: Person, live: Calls) -> None:
        mine = _host("open", request_id="r1").body["game_id"]
        assert _host("open", request_id="r2").body["game_id"] != mine

    @pytest.mark.parametrize("action", ["start", "next", "pause", "resume", "end"])
    def test_the_rest_is_handed_to_the_clock(self, action: str, lobby: str, clock: Clock, sent: Any) -> None:
        clock.start()
        sent("triggers")
        reply = _host(action, version=2)
        assert (reply.status, reply.body["phase"], reply.body["version"]) == (202, "open", 2)
        [trigger] = [json.loads(body) for body in sent("triggers")]
        assert (trigger["game_id"], trigger["action"], trigger["version"]) == (lobby, action, 2)
        assert trigger["trigger_id"]

    def test_a_wish_sent_again_is_the_same_trigger(self, lobby: str, sent: Any) -> None:
        sent("triggers")
        for wish in ({"request_id": "r1"}, {"request_id": "r1"}, {"request_id": "r2"}, {}, {}):
            _host("end", **wish)
        _host("pause", request_id="r1")
        ids = [json.loads(body)["trigger_id"] for body in sent("triggers")]
        assert ids[0] == ids[1]
        assert len(set(ids)) == 5

    def test_start_opens_a_game_where_none_runs(self, live: Calls, sent: Any) -> None:
        reply = _host("start")
        assert (reply.status, reply.body["phase"]) == (202, "lobby")
        assert _host("start").body["game_id"] == reply.body["game_id"]
        assert len(sent("triggers")) == 2

    def test_what_makes_no_sense(self, lobby: str, clock: Clock) -> None:
        assert _host("next").error == "conflict"
        clock.end()
        assert (_host("end").status, _host("end").error) == (409, "conflict")
        assert (_host("end", "nothing").error, _host("open", "nothing").error) == ("not_found", "unknown_quiz")
        assert _host("open", lobby).error == "unknown_quiz"

    @pytest.mark.parametrize("wish", [{"action": "dance"}, {"action": "tick"}, {}, {"action": "end", "version": "x"}])
    def test_a_bad_wish(self, wish: dict[str, Any], live: Calls) -> None:
        assert call(HOST, wish).status == 400

    def test_a_queue_that_is_down(self, lobby: str, live: Calls) -> None:
        live.answers["SendMessage"] = lambda request: refused("ServiceUnavailable", 503)
        reply = _host("end")
        assert (reply.status, reply.headers["Retry-After"]) == (503, "2")


class TestState:
    def test_of_the_lobby(self, lobby: str) -> None:
        assert call(STATE, groups=STUDENT).body == {
            "game_id": lobby,
            "quiz_id": "quiz",
            "title": "Music",
            "phase": "lobby",
            "version": 1,
            "index": -1,
            "total": 4,
            "paused": False,
            "server_time": "2026-09-21T14:13:20.000Z",
            "opens_at": None,
            "closes_at": None,
            "join_code": None,
        }

    def test_tells_the_code_to_instructors(self, lobby: str, clock: Clock) -> None:
        assert call(STATE).body["join_code"] == clock.game().join_code

    def test_tells_the_time_of_an_open_question(self, lobby: str, clock: Clock) -> None:
        clock.start()
        told = call(STATE, path={"quiz_id": lobby}).body
        assert (told["index"], told["closes_at"][-13:]) == (0, "14:13:40.500Z")
        clock.move(Action.PAUSE)
        assert call(STATE).body["paused"] is True

    def test_of_nothing(self, live: Calls) -> None:
        assert call(STATE, path={"quiz_id": "nothing"}).error == "not_found"

    def test_is_read_once_a_second(self, lobby: str, clock: Clock, live: Calls) -> None:
        clock.ms += 1000
        with live.counted() as names:
            for _ in range(5):
                call(STATE, path={"quiz_id": lobby}, groups=STUDENT)
        assert names == ["GetItem"]


class TestGames:
    def test_are_listed_newest_first_page_by_page(self, live: Calls, clock: Clock) -> None:
        opened = []
        for _ in range(5):
            opened.append(_host("open").body["game_id"])
            clock.ms += 1000
        clock.end(opened[0])
        found: list[Any] = []
        query: dict[str, Any] = {"limit": 2}
        while True:
            page = call(GAMES, query=query).body
            found += page["games"]
            if page["next"] is None:
                break
            query["next"] = page["next"]
        assert [game["game_id"] for game in found] == opened[::-1]
        assert (found[-1]["phase"], found[-1]["ended_at"][-13:]) == ("ended", "14:13:25.000Z")
        assert (found[0]["phase"], found[0]["ended_at"], found[0]["index"]) == ("lobby", None, -1)

    def test_by_any_name_of_one_of_them(self, lobby: str, clock: Clock) -> None:
        for name in ("quiz", lobby, clock.game().join_code):
            assert [game["game_id"] for game in call(GAMES, path={"quiz_id": name}).body["games"]] == [lobby]

    @pytest.mark.parametrize("name", ["never-played", "123456", "game-0123456789abcdef0123"])
    def test_of_a_quiz_that_was_never_played(self, name: str, live: Calls) -> None:
        assert call(GAMES, path={"quiz_id": name}).body == {"games": [], "next": None}

    def test_a_token_of_another_list(self, live: Calls, clock: Clock) -> None:
        for _ in range(2):
            _host("open")
            clock.ms += 1
        token = call(GAMES, query={"limit": 1}).body["next"]
        assert call(GAMES, path={"quiz_id": "other"}, query={"next": token}).error == "invalid_input"
        assert call(GAMES, query={"next": "nonsense"}).error == "invalid_input"

    def test_are_for_instructors(self, live: Calls) -> None:
        assert call(GAMES, groups=STUDENT).status == 403


class TestResults:
    @pytest.fixture
    def bucket(self, live: Calls) -> Any:
        s3 = client_of("s3")
        s3.create_bucket(Bucket="the-results", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        return s3

    @pytest.fixture
    def ended(self, lobby: str, clock: Clock) -> str:
        clock.end()
        return lobby

    def _export(self, bucket: Any, game_id: str, *names: str) -> None:
        for name in names:
            bucket.put_object(Bucket="the-results", Key=f"live-results/{game_id}/{name}", Body=b"x")

    def test_are_links_that_work_for_a_quarter_of_an_hour(self, ended: str, bucket: Any) -> None:
        self._export(bucket, ended, *FILES)
        reply = call(RESULTS)
        assert (reply.status, reply.body["game_id"], reply.body["expires_in"]) == (200, ended, 900)
        for field, name in zip(("results", "players", "questions"), FILES, strict=True):
            url = reply.body[field]
            assert url.startswith("https://the-results.s3.eu-central-1.amazonaws.com/live-results/")
            assert f"{ended}/{name}?" in url
            assert "X-Amz-Expires=900" in url

    @pytest.mark.parametrize("there", [(), FILES[:1], FILES[:2]])
    def test_are_not_ready_before_all_are_there(self, there: tuple[str, ...], ended: str, bucket: Any) -> None:
        self._export(bucket, ended, *there)
        reply = call(RESULTS)
        assert (reply.status, reply.error) == (409, "conflict")
        assert "not ready" in reply.body["message"]

    def test_are_not_there_before_the_end(self, lobby: str, bucket: Any) -> None:
        reply = call(RESULTS)
        assert (reply.status, reply.body["message"]) == (409, "the game has not ended yet")

    def test_an_end_that_has_just_come_is_noticed(self, lobby: str, clock: Clock, bucket: Any) -> None:
        self._export(bucket, lobby, *FILES)
        assert call(RESULTS, path={"quiz_id": lobby}).status == 409
        clock.end()
        clock.ms -= 1000
        assert call(RESULTS, path={"quiz_id": lobby}).status == 200

    def test_of_nothing(self, bucket: Any) -> None:
        assert call(RESULTS, path={"quiz_id": "nothing"}).status == 404

    def test_are_for_instructors(self, ended: str) -> None:
        assert call(RESULTS, groups=STUDENT).status == 403


class TestReports:
    @pytest.mark.parametrize(
        ("code", "status", "raised"),
        [
            ("404", 404, Conflict),
            # To whoever may not list a bucket, S3 says this of what is not there.
            ("403", 403, Conflict),
            ("400", 400, ClientError),
            ("503", 503, Unavailable),
            ("SlowDown", 503, Unavailable),
        ],
    )
    def test_that_cannot_be_looked_for(self, code: str, status: int, raised: type[Exception]) -> None:
        error: Any = {"Error": {"Code": code, "Message": ""}, "ResponseMetadata": {"HTTPStatusCode": status}}

        def refuse(**_: Any) -> None:
            raise ClientError(error, "HeadObject")

        client: Any = SimpleNamespace(head_object=refuse)
        with pytest.raises(raised):
            Reports(lambda: client, "the-results").links("game")
