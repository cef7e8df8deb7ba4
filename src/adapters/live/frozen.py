"""The questions of a game as they were when it was opened, so that all answers are graded alike."""

import time
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from adapters.failures import as_unavailable
from adapters.items import to_item
from adapters.live.rows import question_row
from quiz.errors import TooLarge, Unavailable
from quiz.live.games import Game
from quiz.parsing import decoder
from quiz.questions import Question

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_MOST_ROWS = 25
_TRIES = 5
_PAUSE_SECONDS = 0.05
# Enough for a long quiz and the next one; a question may have a quarter of a megabyte.
_MOST_KEPT = 128

# A message to a client may have 128 KB, and the right answer and the leaderboard come beside the question.
_MOST_BYTES = 100 * 1024

_encoder = msgspec.json.Encoder(decimal_format="number")
_decoder = decoder(Question)


class FrozenQuestions:
    """Writes them once and reads each once per environment: they never change."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table
        self.get = lru_cache(maxsize=_MOST_KEPT)(self._read)

    def freeze(self, game: Game, questions: Sequence[Question]) -> None:
        """Store the questions of a game that nobody has heard of yet; doing it again changes nothing."""
        rows = [{"PutRequest": {"Item": _item(game, question)}} for question in questions]
        for start in range(0, len(rows), _MOST_ROWS):
            self._write(rows[start : start + _MOST_ROWS])

    def _write(self, rows: Sequence[Any]) -> None:
        for tried in range(_TRIES):
            with as_unavailable():
                answer = self._client.batch_write_item(RequestItems={self._table: rows})
            rows = answer["UnprocessedItems"].get(self._table, [])
            if not rows:
                return
            time.sleep(_PAUSE_SECONDS * 2**tried)
        raise Unavailable("the questions of the game were stored only in part")

    def _read(self, game_id: str, question_id: str) -> Question:
        with as_unavailable():
            found = self._client.get_item(
                TableName=self._table,
                Key=to_item({"game_id": question_row(game_id, question_id)}),
                # A game may be started the moment that it is there.
                ConsistentRead=True,
            )
        return _decoder.decode(found["Item"]["question"]["S"])

    def all(self, game: Game) -> Iterable[Question]:
        """Every question of the game, in its order."""
        return [self.get(game.game_id, question_id) for question_id in game.question_ids]


def _item(game: Game, question: Question) -> dict[str, Any]:
    # As text, so that whatever a question is made of comes back as it was.
    text = _encoder.encode(question)
    if len(text) > _MOST_BYTES:
        raise TooLarge(f"question {question.question_id!r} is too long to be sent to players")
    return to_item(
        {
            "game_id": question_row(game.game_id, question.question_id),
            "question": text.decode(),
            "expires_at": game.expires_at,
        }
    )
