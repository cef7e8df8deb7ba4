"""What is kept of a finished game: exact to the digit, the same every time, and harmless in a spreadsheet."""

import csv
import io
import json
import random
from decimal import Decimal
from typing import Any

import pytest

from adapters.items import to_item
from adapters.live.players import Players
from tests.unit.scheduler.world import World, made

PLAYERS = 200
HOSTILE = [
    '=HYPERLINK("http://evil","free")',
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    'a "quoted" name',
    "comma, semicolon; tab",
    "two\nlines",
    "\u202eright to left",
    "Zo\u00eb \u00d8rsted \u4f60\u597d",
    "\U0001f469\u200d\U0001f680 pilot",
    "\uff1d1+1",
]


Crowd = dict[str, dict[str, tuple[bool, int]]]


def exported(world: World, file: str, quiz: str = "quiz") -> bytes:
    return world.objects()[f"live-results/{world.game(quiz).game_id}/{file}"]


def results(world: World) -> Any:
    return json.loads(exported(world, "results.json"))


def sheet(world: World, file: str) -> list[dict[str, str]]:
    text = exported(world, file).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def play(world: World) -> Crowd:
    """Two hundred players who answered as chance had it, and what each of them answered when."""
    world.bank(questions=3, lobby_seconds=0, expected_players=1000, speed_weight=Decimal("0.5"), streak_bonus=50)
    world.event("start")
    names = [f"p{number:03d}" for number in range(PLAYERS)]
    world.join(*names)
    chance = random.Random(7)
    given: Crowd = {name: {} for name in names}
    for number in range(3):
        world.run_to_question(number)
        game = world.game()
        for name in chance.sample(names, PLAYERS):
            if chance.random() < 0.5:
                answer = (chance.random() < 0.6, chance.randrange(20_000))
                given[name][f"q{number}"] = answer
                world.answer(name, answer[0], after_ms=answer[1], game=game)
    world.run()
    return given


@pytest.mark.long
def test_the_results_of_200_players_are_exact(world: World) -> None:
    crowd = play(world)
    _players_are_exact(world, crowd)
    _questions_are_exact(world, crowd)
    _summary_is_that_of_the_announcement(world, crowd)
    _sheets_say_what_the_results_say(world)
    _places_are_those_that_were_told(world)


def _players_are_exact(world: World, crowd: Crowd) -> None:
    kept = results(world)
    table = {item["name"]["S"]: item for item in made("dynamodb").scan(TableName="participants")["Items"]}
    assert len(kept["players"]) == PLAYERS
    for player in kept["players"]:
        given = crowd[player["name"]]
        assert player["score"] == int(table[player["name"]]["score"]["N"])
        assert player["score"] == sum(answer["points"] for answer in player["answers"].values())
        assert {q: (a["answer"], a["time_ms"]) for q, a in player["answers"].items()} == given
        right = sum(answer for answer, _ in given.values())
        assert (player["answered"], player["correct"]) == (len(given), right)
        assert player["accuracy"] == (round(right / len(given), 4) if given else None)
    assert [player["rank"] for player in kept["players"]] == list(range(1, PLAYERS + 1))
    scores = [player["score"] for player in kept["players"]]
    assert scores == sorted(scores, reverse=True)


def _questions_are_exact(world: World, crowd: Crowd) -> None:
    for number, question in enumerate(results(world)["questions"]):
        given = [answers[f"q{number}"] for answers in crowd.values() if f"q{number}" in answers]
        right = sum(answer for answer, _ in given)
        assert (question["number"], question["question_id"]) == (number + 1, f"q{number}")
        assert (question["players"], question["answered"], question["correct"]) == (PLAYERS, len(given), right)
        assert question["accuracy"] == round(right / len(given), 4)
        assert abs(question["average_time_ms"] - sum(ms for _, ms in given) / len(given)) <= 0.5
        spread = {each["answer"]: each["count"] for each in question["distribution"]}
        assert spread == {True: right, False: len(given) - right}
        assert (question["text"], question["correct_answer"]) == ("?", True)


def _summary_is_that_of_the_announcement(world: World, crowd: Crowd) -> None:
    kept = results(world)
    scores = [player["score"] for player in kept["players"]]
    assert kept["summary"] == {
        "players": PLAYERS,
        "questions": 3,
        "participation_rate": sum(bool(given) for given in crowd.values()) / PLAYERS,
        "completion_rate": sum(len(given) == 3 for given in crowd.values()) / PLAYERS,
        "average_score": pytest.approx(sum(scores) / PLAYERS, abs=0.0051),
    }
    [told] = [each["detail"] for each in world.told() if "detail" in each]
    assert {name: told[name] for name in kept["summary"]} == kept["summary"]
    assert kept["settings"]["streak_bonus"] == 50
    assert (kept["quiz_id"], kept["quiz_version"], kept["total_questions"]) == ("quiz", 1, 3)


def _sheets_say_what_the_results_say(world: World) -> None:
    kept = results(world)
    for row, player in zip(sheet(world, "players.csv"), kept["players"], strict=True):
        assert (row["rank"], row["participant_id"], row["name"]) == (
            *(str(player["rank"]), player["participant_id"]),
            player["name"],
        )
        for number in range(3):
            answer = player["answers"].get(f"q{number}")
            cells = [row[f"q{number + 1}_{part}"] for part in ("answer", "points", "share", "time_ms")]
            assert cells == ([json.dumps(value) for value in answer.values()] if answer else [""] * 4)
    for row, question in zip(sheet(world, "questions.csv"), kept["questions"], strict=True):
        assert (row["answered"], row["correct"]) == (str(question["answered"]), str(question["correct"]))
        assert float(row["accuracy"]) == question["accuracy"]


def _places_are_those_that_were_told(world: World) -> None:
    last = world.game().version
    told = {name: you.rank for job in world.jobs if job.version == last for name, you in job.you.items()}
    assert told == {player["participant_id"]: player["rank"] for player in results(world)["players"]}
    assert {job.shard for job in world.jobs if job.version == last} == {0, 1, 2, 3}


def test_hostile_names_come_through_and_do_nothing(world: World) -> None:
    world.bank(lobby_seconds=0)
    world.event("start")
    world.join(*HOSTILE)
    world.run()
    assert sorted(player["name"] for player in results(world)["players"]) == sorted(HOSTILE)
    raw = exported(world, "players.csv")
    assert raw.startswith(b"\xef\xbb\xbfrank,")
    rows = sheet(world, "players.csv")
    assert sorted(row["name"].removeprefix("'") for row in rows) == sorted(HOSTILE)
    for row in rows:
        assert not row["name"].startswith(("=", "+", "-", "@", "\uff1d"))
    neutralised = [row["name"] for row in rows if row["name"].startswith("'")]
    assert len(neutralised) == 5


def test_typed_answers_do_nothing_either(world: World) -> None:
    world.bank(lobby_seconds=0)
    world.event("start")
    world.join("ann", "ben", "cem")
    world.step()
    world.answer("ann", "=1+1")
    world.answer("ben", -5)
    world.answer("cem", ["b", "a"])
    world.run()
    cells = {row["name"]: row["q1_answer"] for row in sheet(world, "players.csv")}
    assert cells == {"ann": "'=1+1", "ben": "-5", "cem": '["b","a"]'}
    [question] = sheet(world, "questions.csv")
    assert sorted(question["distribution"].split("\n")) == ["1 x -5", "1 x =1+1", '1 x ["b","a"]']


@pytest.mark.parametrize("behind", [False, True])
def test_who_was_sent_away_is_in_nothing(world: World, behind: bool) -> None:
    world.bank(lobby_seconds=0)
    world.event("start")
    world.join("ann", "ben")
    world.step()
    world.answer("ann")
    if behind:
        # The index does not know of it yet.
        made("dynamodb").update_item(
            TableName="participants",
            Key=to_item({"participant_id": "id-ann", "game_id": world.game().game_id}),
            UpdateExpression="SET kicked = :yes",
            ExpressionAttributeValues=to_item({":yes": True}),
        )
    else:
        Players(made("dynamodb"), "participants").kick(world.game(), "id-ann")
    world.run()
    assert [player["name"] for player in results(world)["players"]] == ["ben"]
    assert [m["players"] for m in world.messages("quiz_ended")] == [1]
    assert [row["participant_id"] for each in world.winners() for row in each["winners"]] == ["id-ben"]


def test_the_types_of_the_files_are_told(world: World) -> None:
    world.bank(lobby_seconds=0)
    world.event("start")
    world.run()
    types = {
        key.rpartition("/")[2]: made("s3").head_object(Bucket="the-results", Key=key)["ContentType"]
        for key in world.objects()
    }
    assert types == {
        "results.json": "application/json",
        "players.csv": "text/csv; charset=utf-8",
        "questions.csv": "text/csv; charset=utf-8",
    }
