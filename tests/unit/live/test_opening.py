"""Opening games: one for each occasion, a join code of its own, and what a quiz's name means afterwards."""

from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from adapters.items import from_item
from adapters.live.frozen import FrozenQuestions
from adapters.live.games import Games
from adapters.live.opening import Opening
from adapters.live.turns import Turns
from quiz.errors import NotFound, TooLarge, Unavailable, UnknownQuiz
from quiz.live.clock import Action, Trigger, advance
from quiz.live.games import Game, Phase, game_id_of
from tests.unit.builders import Calls, accepted, fill_bank
from tests.unit.live.conftest import Clock, opening_of
from tests.unit.live.support import HOST, NOW, choice, live_definition

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

HOUR = 3600 * 1000


def rows(client: "DynamoDBClient") -> set[str]:
    return {item["game_id"]["S"] for item in client.scan(TableName="games")["Items"]}


def end(turns: Turns, game: Game, now: int) -> Game:
    ended = advance(game, Trigger(game.game_id, Action.END), now)
    assert ended is not None
    assert turns.advance(game, ended)
    return ended


def codes(monkeypatch: pytest.MonkeyPatch, *drawn: int) -> None:
    left = list(drawn)
    monkeypatch.setattr("adapters.live.opening.secrets.randbelow", lambda _: left.pop(0))


def test_a_game_is_found_by_its_id_its_code_and_its_quiz(opening: Opening, games: Games) -> None:
    game = opening.open("quiz", HOST)
    assert (game.phase, game.question_ids, game.host_id) == (Phase.LOBBY, ("q1", "q2", "q3"), HOST)
    for name in (game.game_id, game.join_code, "quiz"):
        assert games.fresh(name) == game


def test_nobody_goes_by_another_name(opening: Opening, games: Games) -> None:
    opening.open("quiz", HOST)
    for name in ("quiz2", "game-" + "f" * 20, "no game"):
        with pytest.raises(NotFound):
            games.fresh(name)


def test_a_quiz_that_is_not_there_cannot_be_played(opening: Opening, live: "DynamoDBClient") -> None:
    with pytest.raises(UnknownQuiz):
        opening.open("other", HOST)
    assert rows(live) == set()


def test_a_question_that_no_message_holds_is_refused_before_anything_is_stored(
    opening: Opening, live: "DynamoDBClient"
) -> None:
    long = replace(choice(3), text="\u20ac" * 20_000, explanation="\u20ac" * 20_000)
    fill_bank(live, replace(live_definition(), questions=(choice(1), choice(2), long)))
    with pytest.raises(TooLarge, match="'q3' is too long"):
        opening.open("quiz", HOST)
    assert rows(live) == set()


def test_the_same_occasion_is_one_game(opening: Opening, live: "DynamoDBClient", clock: Clock) -> None:
    first = opening.open("quiz", HOST, "monday", 60_000)
    clock.now += HOUR
    assert opening_of(live, clock).open("quiz", "another", "monday", 60_000) == first
    assert opening.open("quiz", HOST, "tuesday").game_id != first.game_id
    assert len([row for row in rows(live) if row.startswith("code#")]) == 2


def test_the_same_occasion_at_once_is_one_game(
    opening: Opening, live: "DynamoDBClient", clock: Clock, calls: Calls
) -> None:
    """The other is quicker, just before this one's transaction."""
    rival: list[Game] = []

    def overtake(_: Any) -> None:
        calls.answers.clear()
        rival.append(opening_of(live, clock).open("quiz", "another", "monday"))

    calls.answers["TransactWriteItems"] = overtake
    assert [opening.open("quiz", HOST, "monday")] == rival


def test_a_corrected_key_does_not_reach_a_game_that_is_there(
    opening: Opening, live: "DynamoDBClient", clock: Clock
) -> None:
    game = opening.open("quiz", HOST, "monday")
    other = choice(points=7)
    fill_bank(live, replace(live_definition(), questions=(other, choice(2), choice(3))))
    opening_of(live, clock).open("quiz", HOST, "monday")
    assert FrozenQuestions(live, "games").get(game.game_id, "q1") == choice()


def test_a_code_that_is_taken_is_drawn_again(
    opening: Opening, live: "DynamoDBClient", monkeypatch: pytest.MonkeyPatch
) -> None:
    codes(monkeypatch, 7, 7, 7, 8)
    assert opening.open("quiz", HOST).join_code == "000007"
    assert opening.open("quiz", HOST).join_code == "000008"


def test_no_code_is_free(opening: Opening, live: "DynamoDBClient", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.live.opening.secrets.randbelow", lambda _: 7)
    opening.open("quiz", HOST)
    before = rows(live)
    with pytest.raises(Unavailable, match="no join code"):
        opening.open("quiz", HOST, "monday")
    assert {row for row in rows(live) - before if "#question#" not in row} == set()


def test_a_code_is_free_after_a_day_and_a_half(
    opening: Opening, games: Games, turns: Turns, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes(monkeypatch, 7, 7)
    old = opening.open("quiz", HOST)
    clock.now += 36 * HOUR + 1000
    with pytest.raises(NotFound):
        games.fresh("000007")
    new = opening.open("quiz", HOST)
    assert games.fresh("000007") == new
    end(turns, old, clock.now)
    assert games.fresh("000007") == new


def test_the_end_frees_the_code_and_the_quiz(
    opening: Opening, games: Games, turns: Turns, live: "DynamoDBClient"
) -> None:
    game = opening.open("quiz", HOST)
    ended = end(turns, game, NOW + 1)
    with pytest.raises(NotFound):
        games.fresh(game.join_code)
    assert games.fresh("quiz") == games.fresh(game.game_id) == ended
    assert f"code#{game.join_code}" not in rows(live)
    assert "running" not in from_item(live.get_item(TableName="games", Key={"game_id": {"S": "quiz#quiz"}})["Item"])


def test_a_quiz_means_its_newest_running_game_else_its_latest(
    opening: Opening, games: Games, turns: Turns, clock: Clock
) -> None:
    first = opening.open("quiz", HOST)
    clock.now += 1
    second = opening.open("quiz", HOST)
    assert games.fresh("quiz") == second
    ended = end(turns, second, clock.now)
    assert games.fresh("quiz") == first
    end(turns, first, clock.now)
    assert games.fresh("quiz") == ended


def test_a_forgotten_game_is_not_meant_when_a_later_one_has_ended(
    opening: Opening, games: Games, turns: Turns, clock: Clock
) -> None:
    forgotten = opening.open("quiz", HOST)
    clock.now += 13 * HOUR
    assert games.fresh("quiz") == forgotten
    ended = end(turns, opening.running_or_new("quiz", HOST), clock.now)
    assert games.fresh("quiz") == ended
    again = opening.running_or_new("quiz", HOST)
    assert again.game_id not in (forgotten.game_id, ended.game_id)
    assert games.fresh("quiz") == again


def test_starting_what_runs_is_the_same_game(opening: Opening, games: Games, turns: Turns, clock: Clock) -> None:
    game = opening.running_or_new("quiz", HOST)
    clock.now += HOUR
    assert opening.running_or_new("quiz", "another") == game
    end(turns, game, clock.now)
    assert opening.running_or_new("quiz", HOST).game_id != game.game_id


@pytest.mark.parametrize("history", ["never played", "ended", "forgotten", "long gone"])
def test_two_who_start_at_once_get_the_same_game(
    history: str, opening: Opening, games: Games, turns: Turns, live: "DynamoDBClient", clock: Clock, calls: Calls
) -> None:
    if history != "never played":
        game = opening.open("quiz", HOST)
        clock.now += 13 * HOUR
        if history == "ended":
            end(turns, game, clock.now)
        elif history == "long gone":
            live.delete_item(TableName="games", Key={"game_id": {"S": game.game_id}})
    rival: list[Game] = []

    def overtake(_: Any) -> None:
        calls.answers.clear()
        rival.append(opening_of(live, clock).running_or_new("quiz", "another"))

    calls.answers["TransactWriteItems"] = overtake
    assert [opening.running_or_new("quiz", HOST)] == rival
    assert games.fresh("quiz") == rival[0]


def test_questions_that_did_not_fit_are_written_again(
    opening: Opening, live: "DynamoDBClient", calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("adapters.live.frozen.time.sleep", pauses.append)
    asked: list[int] = []

    def partly(call: Any) -> Any:
        asked.append(len(call["RequestItems"]["games"]))
        return accepted(UnprocessedItems={"games": call["RequestItems"]["games"][1:]} if len(asked) < 3 else {})

    calls.answers["BatchWriteItem"] = partly
    opening.open("quiz", HOST)
    assert asked == [3, 2, 1]
    assert pauses == [0.05, 0.1]


def test_a_game_whose_questions_are_not_all_stored_is_not_opened(
    opening: Opening, live: "DynamoDBClient", calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.live.frozen.time.sleep", lambda _: None)
    calls.answers["BatchWriteItem"] = lambda call: accepted(UnprocessedItems=call["RequestItems"])
    with pytest.raises(Unavailable, match="only in part"):
        opening.open("quiz", HOST)
    assert rows(live) == set()


def test_a_long_quiz_is_frozen_in_batches_and_comes_back_as_it_was(
    live: "DynamoDBClient", clock: Clock, calls: Calls
) -> None:
    long = live_definition(99, "long")
    fill_bank(live, long)
    opening = opening_of(live, clock)
    with calls.counted() as made:
        game = opening.open("long", HOST)
    assert made.count("BatchWriteItem") == 4
    frozen = FrozenQuestions(live, "games")
    assert tuple(frozen.all(game)) == long.questions
    with calls.counted() as made:
        frozen.all(game)
    assert made == []


def test_an_occasion_belongs_to_its_quiz(opening: Opening) -> None:
    assert opening.open("quiz", HOST, "monday").game_id == game_id_of("quiz", "monday") != game_id_of("q", "monday")
