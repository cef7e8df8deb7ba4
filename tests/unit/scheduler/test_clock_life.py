"""The whole life of a game, from a control event to its results."""

import json
import random
from typing import Any

import pytest
from msgspec import structs

from quiz.keys import Matching
from quiz.live.games import Phase
from tests.unit.builders import question
from tests.unit.scheduler.world import BEGINNING, World


def test_a_scheduled_quiz_plays_by_itself(world: World) -> None:
    # GIVEN two questions, and players who gather while the lobby is open
    world.bank(questions=2, lobby_seconds=30)
    world.event("start")
    opened = world.game()
    assert (opened.phase, opened.due_at) == (Phase.LOBBY, BEGINNING + 30_000)
    world.join("ann", "ben")
    # WHEN the lobby is over, ann answers right and ben wrong, and nobody answers the second question
    world.run(Phase.OPEN)
    assert world.now >= BEGINNING + 30_000
    world.answer("ann", True)
    world.answer("ben", False)
    ended = world.run()
    # THEN everybody was told of everything, once for each version and in order
    kinds = ["new_question", "question_closed", "new_question", "question_closed", "quiz_ended"]
    assert [message["type"] for message in world.messages()] == kinds
    assert [message["version"] for message in world.messages()] == [2, 3, 4, 5, 6]
    assert (ended.version, ended.announced, world.waiting) == (6, 6, [])
    assert world.you("ann", 3) == {"rank": 1, "score": 975, "earned": 975, "correct": True}
    assert world.you("ben", 3) == {"rank": 2, "score": 0, "earned": 0, "correct": False}
    assert world.you("ann", 5) == {"rank": 1, "score": 975, "earned": 0, "correct": None}
    assert world.you("ben", 6) == {"rank": 2, "score": 0, "earned": 0, "correct": None}


def test_what_is_told_is_what_the_contract_says(world: World) -> None:
    world.bank(questions=1, lobby_seconds=0)
    world.event("start")
    world.join("ann")
    world.step()
    world.answer("ann")
    world.run()
    [opened] = world.messages("new_question")
    assert (opened["index"], opened["total"], opened["question"]["id"]) == (0, 1, "q0")
    assert opened["question"]["media_url"] is None
    assert "correct" not in json.dumps(opened)
    [closed] = world.messages("question_closed")
    assert closed["correct_answer"] is True
    assert closed["counts"] == {"players": 1, "answered": 1, "correct": 1, "answers": {"true": 1}}
    [row] = closed["leaderboard"]
    assert row == {"rank": 1, "participant_id": "id-ann", "score": 975, "user_info": {"name": "ann"}}
    [ended] = world.messages("quiz_ended")
    assert (ended["players"], ended["leaderboard"]) == (1, [row])


def test_who_was_best_is_published_with_the_end(world: World) -> None:
    world.bank(questions=1, lobby_seconds=0)
    world.event("start")
    world.join("ann", "ben", "cem", "dan")
    world.step()
    for number, name in enumerate(("dan", "cem", "ben"), start=1):
        world.answer(name, after_ms=number * 1000)
    ended = world.run()
    told = world.told()
    [won] = [each for each in told if "Message" in each]
    assert won["MessageAttributes"]["quiz_id"]["Value"] == "quiz"
    winning = json.loads(won["Message"])
    assert [row["participant_id"] for row in winning["winners"]] == ["id-dan", "id-cem", "id-ben"]
    assert (winning["game_id"], winning["quiz_id"], winning["title"]) == (ended.game_id, "quiz", "A quiz")
    [completed] = [each for each in told if each.get("detail-type") == "SessionCompleted"]
    assert completed["source"] == "quiz.platform"
    assert completed["detail"] == {
        "game_id": ended.game_id,
        "quiz_id": "quiz",
        "ended_at": winning["ended_at"],
        "players": 4,
        "questions": 1,
        "participation_rate": 0.75,
        "completion_rate": 0.75,
        "average_score": 712.5,
    }


def test_a_manual_quiz_waits_for_its_host(world: World) -> None:
    world.bank(questions=2, lobby_seconds=0, pacing="manual")
    world.event("start")
    world.run(Phase.CLOSED)
    assert (world.game().due_at, world.waiting) == (0, [])
    assert world.send("next", trigger_id="t1")
    assert (world.game().phase, world.game().index) == (Phase.OPEN, 1)
    world.run(Phase.CLOSED)
    assert world.send("next", trigger_id="t2")
    assert world.game().phase is Phase.ENDED


def test_a_pause_lets_the_question_run_out_and_nothing_follow(world: World) -> None:
    world.bank(questions=2, lobby_seconds=0)
    world.event("start")
    world.step()
    world.event("pause", "event-2")
    world.step()
    while world.waiting:
        world.step()
    assert (world.game().phase, world.game().paused) == (Phase.CLOSED, True)
    world.event("resume", "event-3")
    world.run()
    told = [(message["type"], message.get("paused")) for message in world.messages("quiz_paused")]
    assert told == [("quiz_paused", True), ("quiz_paused", False)]


def test_a_question_closed_early_is_announced_with_the_time_left(world: World) -> None:
    world.bank(questions=2, lobby_seconds=0, time_limit=60)
    world.event("start")
    world.step()
    world.now += 10_000
    world.event("next", "event-2")
    world.step()
    early = world.game()
    assert early.closes_at == world.now + 1000
    [closing] = world.messages("question_closing")
    assert (closing["index"], closing["version"]) == (0, early.version)
    # Time is up by its own timer, and what was set for the full time comes to nothing.
    world.step()
    assert (world.game().phase, world.now) == (Phase.CLOSED, early.accepts_until + 250)
    world.run()


def test_the_end_while_a_question_is_open_closes_it_first(world: World) -> None:
    world.bank(questions=3, lobby_seconds=0)
    world.event("start")
    world.join("ann")
    world.step()
    world.answer("ann")
    world.event("end", "event-2")
    ended = world.run()
    kinds = ["new_question", "question_closing", "question_closed", "quiz_ended"]
    assert [message["type"] for message in world.messages()] == kinds
    assert ended.index == 0
    [results] = [json.loads(body) for key, body in world.objects().items() if key.endswith("results.json")]
    assert (results["total_questions"], len(results["questions"])) == (3, 1)
    assert results["summary"]["completion_rate"] == 1


def test_a_game_that_ends_in_its_lobby_has_no_winners(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.bank(lobby_seconds=60)
    world.event("start")
    world.event("end", "event-2")
    world.run()
    told = world.told()
    assert [each.get("detail-type") for each in told] == ["SessionCompleted"]
    assert told[0]["detail"]["participation_rate"] == 0
    assert "ParticipationRate" not in capsys.readouterr().out


def test_media_is_linked_for_those_who_play(world: World) -> None:
    key = f"media/{'a' * 32}.png"
    world.bank_of(structs.replace(question(question_id="q0"), media_key=key), lobby_seconds=0)
    world.event("start")
    world.step()
    [opened] = world.messages("new_question")
    assert key in opened["question"]["media_url"]
    assert "Signature" in opened["question"]["media_url"]


def test_everybody_sees_matches_in_the_same_order(world: World) -> None:
    pairs = {f"p{number}": f"match {number}" for number in range(8)}
    asked = question(Matching(pairs=pairs), " ".join(pairs), "q0")
    world.bank_of(asked, lobby_seconds=0)
    world.event("start")
    world.step()
    [opened] = world.messages("new_question")
    expected: Any = random.Random(f"{world.game().game_id}:q0").sample(sorted(pairs.values()), 8)
    assert opened["question"]["matches"] == expected
