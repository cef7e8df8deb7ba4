"""Answers in the table: one conditional write, whatever else happens at the same time."""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError
from msgspec.structs import replace

from adapters.live.joining import Joining
from adapters.live.players import Players
from quiz.errors import Conflict, Forbidden, NotFound, Unavailable
from quiz.live.games import Game, Phase
from quiz.live.participants import Scored, Streak, scored
from quiz.live.points import TIME_RANGE, rank, split
from quiz.questions import Question
from tests.unit.builders import Calls, accepted, refused
from tests.unit.live.support import NOW, choice, game

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

PLAIN = game()
STREAKS = game(streak_bonus=100)


def asking(index: int, it: Game = PLAIN) -> Game:
    return replace(it, phase=Phase.OPEN, index=index, opened_at=NOW, closes_at=NOW + 20_000)


def given(it: Game, answer: Any = "a", late: int = 0, question: Question | None = None) -> Callable[[Streak], Scored]:
    return lambda streak: scored(it, question or choice(it.index + 1), answer, streak, NOW + late)


@pytest.fixture
def ada(joining: Joining) -> str:
    return joining.join(PLAIN, "ada", "Ada").participant_id


def test_an_answer_counts_with_one_call(ada: str, players: Players, calls: Calls) -> None:
    it = asking(0)
    with calls.counted() as made:
        done = players.answer(it, ada, given(it, late=10_000))
    assert made == ["UpdateItem"]
    assert (done.record.points, done.total, done.is_new) == (750, 750, True)
    player = players.get(it.game_id, ada)
    assert player is not None
    assert (player.score, player.correct, player.answers) == (750, 1, {"q1": done.record})
    assert (player.last_index, player.last_answer, player.last_points, player.last_share) == (0, '"a"', 750, Decimal(1))
    assert split(player.rank_score)[0] == rank(750, 10_000)


def test_the_same_answer_again_is_the_same_answer(ada: str, players: Players) -> None:
    it = asking(0)
    first = players.answer(it, ada, given(it))
    again = players.answer(it, ada, given(it, late=5_000))
    assert again == replace(first, is_new=False)
    later = asking(1)
    players.answer(later, ada, given(later))
    assert players.answer(it, ada, given(it)) == replace(first, is_new=False, total=2000)


def test_another_answer_to_the_same_question_is_refused(ada: str, players: Players) -> None:
    it = asking(0)
    players.answer(it, ada, given(it, "c"))
    with pytest.raises(Conflict, match="answered already"):
        players.answer(it, ada, given(it, "a"))
    player = players.get(it.game_id, ada)
    assert player is not None
    assert (player.score, player.correct) == (0, 0)


@pytest.mark.parametrize("it", [PLAIN, STREAKS])
def test_who_has_not_joined_does_not_play(it: Game, players: Players, live: "DynamoDBClient") -> None:
    with pytest.raises(NotFound, match="join the quiz first"):
        players.answer(asking(0, it), "stranger", given(asking(0, it)))
    assert live.scan(TableName="participants")["Count"] == 0


def test_who_was_sent_away_does_not_play_on(ada: str, players: Players) -> None:
    it = asking(0)
    players.answer(it, ada, given(it))
    for _ in range(2):
        players.kick(it, ada)
    for later in (it, asking(1)):
        with pytest.raises(Forbidden):
            players.answer(later, ada, given(later))
    player = players.get(it.game_id, ada)
    assert player is not None
    # Below nothing, and twice is once.
    assert (player.kicked, player.score, player.rank_score < 0) == (True, 1000, True)
    assert split(player.rank_score.copy_abs())[0] == 1000 * TIME_RANGE + TIME_RANGE - 1


def test_nobody_can_be_sent_away_who_is_not_there(players: Players, live: "DynamoDBClient") -> None:
    with pytest.raises(NotFound):
        players.kick(PLAIN, "stranger")
    assert live.scan(TableName="participants")["Count"] == 0


def test_a_warm_environment_knows_the_streak(joining: Joining, players: Players, calls: Calls) -> None:
    joining.join(STREAKS, "ada", "Ada")
    totals = []
    with calls.counted() as made:
        for index, answer in enumerate(["a", "a", "a"]):
            it = asking(index, STREAKS)
            totals.append(players.answer(it, "ada", given(it, answer)).total)
    assert totals == [1000, 2100, 3300]
    assert made == ["UpdateItem"] * 3


def test_another_environment_learns_the_streak_from_its_first_try(
    joining: Joining, players: Players, live: "DynamoDBClient", calls: Calls
) -> None:
    joining.join(STREAKS, "ada", "Ada")
    first, second = asking(0, STREAKS), asking(1, STREAKS)
    players.answer(first, "ada", given(first))
    with calls.counted() as made:
        assert Players(live, "participants").answer(second, "ada", given(second)).total == 2100
    assert made == ["UpdateItem", "UpdateItem"]
    third = asking(2, STREAKS)
    with calls.counted() as made:
        assert players.answer(third, "ada", given(third)).total == 3300
    assert made == ["UpdateItem", "UpdateItem"]


def test_a_wrong_answer_and_a_gap_end_a_streak(joining: Joining, players: Players) -> None:
    joining.join(STREAKS, "ada", "Ada")
    totals = []
    for index, answer in [(0, "a"), (1, "c"), (2, "a")]:
        it = asking(index, STREAKS)
        totals.append(players.answer(it, "ada", given(it, answer)).total)
    assert totals == [1000, 1000, 2000]
    gap = joining.join(STREAKS, "bob", "Bob").participant_id
    for index in (0, 2):
        it = asking(index, STREAKS)
        done = players.answer(it, gap, given(it))
    assert done.total == 2000


def test_a_replay_does_not_spoil_the_streak(joining: Joining, players: Players, live: "DynamoDBClient") -> None:
    joining.join(STREAKS, "ada", "Ada")
    first, second = asking(0, STREAKS), asking(1, STREAKS)
    players.answer(first, "ada", given(first))
    for one in (players, Players(live, "participants")):
        assert not one.answer(first, "ada", given(first)).is_new
    assert players.answer(second, "ada", given(second)).record.points == 1100


def test_two_tabs_that_answer_at_once_count_once(
    joining: Joining, players: Players, live: "DynamoDBClient", calls: Calls
) -> None:
    """Here the second is a different environment, whose write comes just before this one's."""
    joining.join(STREAKS, "ada", "Ada")
    it = asking(0, STREAKS)

    def overtake(_: Any) -> None:
        calls.answers.clear()
        Players(live, "participants").answer(it, "ada", given(it, "b"))

    calls.answers["UpdateItem"] = overtake
    with pytest.raises(Conflict):
        players.answer(it, "ada", given(it, "a"))
    player = players.get(it.game_id, "ada")
    assert player is not None
    assert player.score == 500


def test_a_streak_that_changes_all_the_time_is_given_up(joining: Joining, players: Players, calls: Calls) -> None:
    joining.join(STREAKS, "ada", "Ada")
    it = asking(0, STREAKS)
    status, parsed = refused("ConditionalCheckFailedException")
    item = {
        **{name: {"S": "x"} for name in ("participant_id", "game_id", "quiz_id", "game_shard", "name")},
        **{name: {"N": "1"} for name in ("joined_at", "expires_at")},
    }
    calls.answers["UpdateItem"] = lambda _: (status, {**parsed, "Item": item})
    with pytest.raises(Conflict, match="same moment"):
        players.answer(it, "ada", given(it))


@pytest.mark.long
def test_the_longest_answers_of_the_longest_quiz_fit(joining: Joining, players: Players) -> None:
    long = game(99)
    joining.join(long, "p" * 128, "\u0416" * 40)
    for index in range(99):
        it = asking(index, long)
        question = replace(choice(index + 1), question_id=f"q{index + 1}".ljust(128, "x"))
        players.answer(it, "p" * 128, given(it, "x" * 1022, question=question))
    player = players.get(long.game_id, "p" * 128)
    assert player is not None
    assert len(player.answers) == 99


@pytest.mark.parametrize(
    ("code", "error"), [("ThrottlingException", Unavailable), ("ValidationException", ClientError)]
)
def test_trouble_is_told_apart(code: str, error: type[Exception], ada: str, players: Players, calls: Calls) -> None:
    calls.answers["UpdateItem"] = lambda _: refused(code)
    with pytest.raises(error):
        players.answer(asking(0), ada, given(asking(0)))
    with pytest.raises(error):
        players.kick(PLAIN, ada)


def test_streaks_are_kept_for_so_many(players: Players, calls: Calls, live: "DynamoDBClient") -> None:
    it = asking(0, STREAKS)
    calls.answers["UpdateItem"] = lambda _: accepted(Attributes={"score": {"N": "1"}})
    for number in range(10_005):
        players._keep(it, f"p{number}", Streak(0, 1))
    assert len(players._streaks) == 10_000
