"""The participants table: one item for each player of a game, and one conditional write for each answer."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError
from msgspec import Struct

from adapters.failures import as_unavailable
from adapters.items import plain, to_item
from adapters.live.participants import find, participant_key, read_participant
from quiz.errors import Conflict, Forbidden, NotFound
from quiz.live.games import Game
from quiz.live.participants import AnswerRecord, Participant, Scored, Streak

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_COUNTS = "attribute_exists(participant_id) AND attribute_not_exists(answers.#question) AND kicked = :no"
_EFFECT = (
    "SET answers.#question = :record, last_index = :index, last_answer = :answer, last_points = :points, "
    "last_share = :share{streak} ADD score :points, rank_score :gain, correct :right"
)
_STREAKS_KEPT = 10_000


class Accepted(Struct, frozen=True):
    """An answer that counts, now or since it was first sent, and the player's total."""

    record: AnswerRecord
    total: int
    is_new: bool


class Players:
    """Players by their own id and the game's."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table
        self._lock = Lock()
        self._streaks: OrderedDict[tuple[str, str], Streak] = OrderedDict()

    def get(self, game_id: str, participant_id: str) -> Participant | None:
        """The player as they are now."""
        return find(self._client, self._table, game_id, participant_id)

    def answer(self, game: Game, participant_id: str, score: Callable[[Streak], Scored]) -> Accepted:
        """Count the answer once, whoever else brings it meanwhile; `score` says what it earns after a streak.

        Only a quiz with a bonus for streaks has to know the player's: then the write says which streak it was made for,
        and is made again for the right one where this environment did not know better.
        """
        streak = self._streak(game, participant_id)
        for _ in range(2):
            scored = score(streak)
            try:
                with as_unavailable():
                    written = self._client.update_item(**self._write(game, participant_id, scored, streak))
            except ClientError as error:
                if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                    raise
                stored = _counted_before(error.response, scored)
                if isinstance(stored, Accepted):
                    return stored
                streak = stored
                continue
            self._keep(game, participant_id, scored.streak)
            return Accepted(scored.record, int(written["Attributes"]["score"]["N"]), is_new=True)
        raise Conflict("another answer was counted at the same moment")

    def kick(self, game: Game, participant_id: str) -> None:
        """Send a player away: no answer counts any more, and the rank below nothing is out of the ranking."""
        try:
            with as_unavailable():
                self._client.update_item(
                    TableName=self._table,
                    Key=participant_key(game.game_id, participant_id),
                    UpdateExpression="SET kicked = :yes, rank_score = :nothing - rank_score",
                    ConditionExpression="kicked = :no",
                    ExpressionAttributeValues=to_item({":yes": True, ":no": False, ":nothing": 0}),
                    ReturnValuesOnConditionCheckFailure="ALL_OLD",
                )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
            response: Any = error.response
            if "Item" not in response:
                raise NotFound(f"nobody plays as {participant_id!r}") from error

    def _write(self, game: Game, participant_id: str, scored: Scored, streak: Streak) -> Any:
        record = scored.record
        values = {
            ":record": plain(record),
            ":index": scored.index,
            ":answer": record.answer,
            ":points": record.points,
            ":share": record.share,
            ":gain": scored.rank_gain,
            ":right": int(scored.is_right),
            ":no": False,
        }
        condition, effect = _COUNTS, _EFFECT.format(streak="")
        if game.settings.streak_bonus:
            condition += " AND streak = :before"
            effect = _EFFECT.format(streak=", streak = :after")
            values |= {":before": plain(streak), ":after": plain(scored.streak)}
        return {
            "TableName": self._table,
            "Key": participant_key(game.game_id, participant_id),
            "UpdateExpression": effect,
            "ConditionExpression": condition,
            "ExpressionAttributeNames": {"#question": scored.question_id},
            "ExpressionAttributeValues": to_item(values),
            "ReturnValues": "UPDATED_NEW",
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }

    def _streak(self, game: Game, participant_id: str) -> Streak:
        with self._lock:
            return self._streaks.get((game.game_id, participant_id), Streak())

    def _keep(self, game: Game, participant_id: str, streak: Streak) -> None:
        if not game.settings.streak_bonus:
            return
        with self._lock:
            self._streaks[game.game_id, participant_id] = streak
            if len(self._streaks) > _STREAKS_KEPT:
                self._streaks.popitem(last=False)


def _counted_before(response: Any, scored: Scored) -> "Accepted | Streak":
    """What stood in the way: the same answer, which then counts already, or a streak that was not known here."""
    if "Item" not in response:
        raise NotFound("join the quiz first")
    player = read_participant(response["Item"])
    if player.kicked:
        raise Forbidden("the host has sent you away")
    stored = player.answers.get(scored.question_id)
    if stored is None:
        return player.streak
    if stored.answer != scored.record.answer:
        raise Conflict("the question was answered already")
    return Accepted(stored, player.score, is_new=False)
