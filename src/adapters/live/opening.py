"""Opens games: the game, its join code and its place among the games of its quiz are one transaction."""

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from adapters.definitions import Definitions
from adapters.items import to_item
from adapters.live.frozen import FrozenQuestions
from adapters.live.games import Games, game_item, now_ms
from adapters.live.rows import code_row, quiz_row, running_entry
from adapters.transactions import transact
from quiz.errors import NotFound, Unavailable
from quiz.live.games import Game, Phase, game_id_of, new_game

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_TRIES = 10
# A game may be opened the evening before.
_CODE_SECONDS = 36 * 3600
# Where in the transaction each action stands.
_GAME, _CODE, _QUIZ = 0, 1, 2


class Opening:
    """Everything that it takes to open a game of a quiz."""

    def __init__(
        self,
        client: "DynamoDBClient",
        table: str,
        definitions: Definitions,
        games: Games,
        clock: Callable[[], int] = now_ms,
    ) -> None:
        self._client = client
        self._table = table
        self._definitions = definitions
        self._games = games
        self._questions = FrozenQuestions(client, table)
        self._clock = clock

    def open(self, quiz_id: str, host_id: str, occasion: str = "", lobby_ms: int = 0) -> Game:
        """A new game; for the same occasion the same game. With `lobby_ms` the clock starts it after that time."""
        game_id = game_id_of(quiz_id, occasion or secrets.token_hex(16))
        return self._create(quiz_id, host_id, game_id, lobby_ms, only_if_idle=False)

    def running_or_new(self, quiz_id: str, host_id: str) -> Game:
        """The game of the quiz that is running, else a new one; two who ask at once get the same."""
        try:
            game = self._games.fresh(quiz_id)
        except NotFound:
            game = None
        if game is not None and game.is_running(self._clock()):
            return game
        game_id = game_id_of(quiz_id, secrets.token_hex(16))
        # A game that was forgotten while it ran is no reason not to play.
        idle = game is None or game.phase is Phase.ENDED
        return self._create(quiz_id, host_id, game_id, 0, only_if_idle=idle)

    def _create(self, quiz_id: str, host_id: str, game_id: str, lobby_ms: int, *, only_if_idle: bool) -> Game:
        definition = self._definitions.get(quiz_id)
        for _ in range(_TRIES):
            now = self._clock()
            game = new_game(definition, host_id, game_id, f"{secrets.randbelow(10**6):06d}", now, lobby_ms)
            # Before anybody can hear of the game: whoever reads a question of it finds it.
            self._questions.freeze(game, definition.questions)
            refused = transact(self._client, self._actions(game, only_if_idle=only_if_idle))
            if not refused:
                return game
            if _GAME in refused:
                return self._games.fresh(game_id)
            if _QUIZ in refused:
                return self._games.fresh(quiz_id)
        raise Unavailable("no join code was free")

    def _actions(self, game: Game, *, only_if_idle: bool) -> list[Any]:
        now = self._clock() // 1000
        entry = {":entry": frozenset([running_entry(game)]), ":game": game.game_id}
        return [
            self._put(game_item(game), "attribute_not_exists(game_id)", {}),
            self._put(
                to_item({"game_id": code_row(game.join_code), "game": game.game_id, "expires_at": now + _CODE_SECONDS}),
                "attribute_not_exists(game_id) OR expires_at < :now",
                {":now": now},
            ),
            {
                "Update": {
                    "TableName": self._table,
                    "Key": to_item({"game_id": quiz_row(game.quiz_id)}),
                    "UpdateExpression": "ADD running :entry SET latest = :game",
                    **({"ConditionExpression": "attribute_not_exists(running)"} if only_if_idle else {}),
                    "ExpressionAttributeValues": to_item(entry),
                }
            },
        ]

    def _put(self, item: Any, condition: str, values: dict[str, Any]) -> Any:
        put = {"TableName": self._table, "Item": item, "ConditionExpression": condition}
        return {"Put": {**put, "ExpressionAttributeValues": to_item(values)} if values else put}
