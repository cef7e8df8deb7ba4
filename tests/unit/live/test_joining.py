"""Joining: one player for each person and game, each with a name of their own."""

from typing import TYPE_CHECKING, Any

import pytest

from adapters.live.joining import Joining
from adapters.live.players import Players
from quiz.errors import Forbidden, Unavailable
from quiz.live.participants import Participant
from quiz.live.points import rank, split
from tests.unit.builders import Calls, accepted
from tests.unit.live.conftest import Clock
from tests.unit.live.support import NOW, game

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

GAME = game()


def test_a_new_player_is_there_for_everybody(joining: Joining, players: Players) -> None:
    player = joining.join(GAME, "p1", "Ada")
    assert players.get(GAME.game_id, "p1") == player
    assert (player.name, player.score, player.joined_at) == ("Ada", 0, NOW)
    assert split(player.rank_score)[0] == rank(0, 0)


def test_joining_again_is_coming_back(joining: Joining, clock: Clock, calls: Calls) -> None:
    player = joining.join(GAME, "p1", "Ada")
    clock.now += 60_000
    with calls.counted() as made:
        assert joining.join(GAME, "p1", "Another Name") == player
    assert made == ["GetItem"]


def test_names_are_numbered_when_they_are_alike(joining: Joining) -> None:
    names = [joining.join(GAME, f"p{number}", name).name for number, name in enumerate(["Ada", "ADA", "a\u200dda"])]
    assert names == ["Ada", "ADA 2", "a\u200dda 3"]


def test_a_number_that_is_a_name_already_is_left_out(joining: Joining) -> None:
    names = [joining.join(GAME, f"p{number}", name).name for number, name in enumerate(["Ada", "Ada 2", "Ada"])]
    assert names == ["Ada", "Ada 2", "Ada 3"]


def test_many_of_one_name_find_theirs_in_few_tries(joining: Joining, calls: Calls) -> None:
    names = [joining.join(GAME, f"p{number}", "x" * 40).name for number in range(30)]
    assert len(set(names)) == 30
    assert {len(name) for name in names} == {40}


def test_names_belong_to_their_game(joining: Joining) -> None:
    other = game(game_id="game-" + "1" * 20)
    assert joining.join(GAME, "p1", "Ada").name == joining.join(other, "p2", "Ada").name == "Ada"
    assert joining.join(other, "p1", "Ada").name == "Ada 2"


def test_no_name_is_free(joining: Joining, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.live.joining.secrets.randbelow", lambda _: 0)
    for number in range(4):
        joining.join(GAME, f"p{number}", "Ada")
    with pytest.raises(Unavailable, match="no name was free"):
        joining.join(GAME, "p9", "Ada")


def overtaken(calls: Calls, live: "DynamoDBClient", *joins: tuple[str, str]) -> list[Participant]:
    """Others come in just before the next transaction."""
    came: list[Participant] = []

    def overtake(_: Any) -> None:
        calls.answers.clear()
        came.extend(Joining(live, "participants", "games").join(GAME, *one) for one in joins)

    calls.answers["TransactWriteItems"] = overtake
    return came


@pytest.mark.parametrize("other_name", ["Ada", "Bob"])
def test_two_tabs_at_once_are_one_player(
    other_name: str, joining: Joining, calls: Calls, live: "DynamoDBClient"
) -> None:
    came = overtaken(calls, live, ("p1", other_name))
    assert [joining.join(GAME, "p1", "Ada")] == came
    assert live.scan(TableName="participants")["Count"] == 1


def test_two_of_one_name_at_once_get_two(joining: Joining, calls: Calls, live: "DynamoDBClient") -> None:
    overtaken(calls, live, ("p2", "Ada"), ("p3", "ada 2"))
    assert joining.join(GAME, "p1", "Ada").name == "Ada 3"


def test_who_was_sent_away_stays_away(joining: Joining, players: Players) -> None:
    joining.join(GAME, "p1", "Ada")
    players.kick(GAME, "p1")
    with pytest.raises(Forbidden, match="sent you away"):
        joining.join(GAME, "p1", "Ada")


def test_nobody_half_joined(joining: Joining, live: "DynamoDBClient", calls: Calls) -> None:
    joining.join(GAME, "p1", "Ada")
    reasons = [{"Code": "None"}, {"Code": "TransactionConflict"}]
    error = {"Error": {"Code": "TransactionCanceledException", "Message": ""}, "CancellationReasons": reasons}
    _, response = accepted()
    response["ResponseMetadata"]["HTTPStatusCode"] = 400

    def conflict(_: Any) -> Any:
        answer, _parsed = accepted()
        answer.status_code = 400
        return answer, {**error, **response}

    calls.answers["TransactWriteItems"] = conflict
    with pytest.raises(Unavailable):
        joining.join(GAME, "p2", "Bob")
    assert live.scan(TableName="participants")["Count"] == 1
