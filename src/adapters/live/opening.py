"""Opens games: the game, its join code and its place among the games of its quiz are one transaction."""

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from adapters.definitions import Definitions
from adapters.items import to_item
from adapters.live.frozen import FrozenQuestions
from adapters.live.games import Games
from adapters.live.rows import CODE_SECONDS, code_row, game_item, quiz_row, running_entry
from adapters.live.times import now_ms
from adapters.transactions import transact
from quiz.errors import NotFound, Unavailable
from quiz.live.games import Game, game_id_of, new_game

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_TRIES = 10
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
        # Its questions stay as they were, though the bank may have changed since.
        game = self._found(game_id) if occasion else None
        return game or self._create(quiz_id, host_id, game_id, lobby_ms)

    def running_or_new(self, quiz_id: str, host_id: str) -> Game:
        """The game of the quiz that is running, else a new one; two who ask at once get the same."""
        # Read before the game: a rival's game that comes in between makes this one fail.
        latest = self._games.latest(quiz_id)
        game = self._found(quiz_id)
        if game is not None and game.is_running(self._clock()):
            return game
        game_id = game_id_of(quiz_id, secrets.token_hex(16))
        return self._create(quiz_id, host_id, game_id, 0, after=latest)

    def _found(self, name: str) -> Game | None:
        try:
            return self._games.fresh(name)
        except NotFound:
            return None

    def _create(self, quiz_id: str, host_id: str, game_id: str, lobby_ms: int, after: str | None = None) -> Game:
        definition = self._definitions.get(quiz_id)
        for _ in range(_TRIES):
            now = self._clock()
            game = new_game(definition, host_id, game_id, f"{secrets.randbelow(10**6):06d}", now, lobby_ms)
            # Before anybody can hear of the game: whoever reads a question of it finds it.
            self._questions.freeze(game, definition.questions)
            refused = transact(self._client, self._actions(game, after))
            if not refused:
                return game
            if _GAME in refused:
                return self._games.fresh(game_id)
            if _QUIZ in refused:
                return self._games.fresh(quiz_id)
        raise Unavailable("no join code was free")

    def _actions(self, game: Game, after: str | None) -> list[Any]:
        """With `after`, only if that game is still the quiz's latest; with an empty one, if it has had none."""
        now = self._clock() // 1000
        entry: dict[str, Any] = {":entry": frozenset([running_entry(game)]), ":game": game.game_id}
        condition = {}
        if after is not None:
            condition = {"ConditionExpression": "latest = :after" if after else "attribute_not_exists(latest)"}
            entry |= {":after": after} if after else {}
        return [
            self._put(game_item(game), "attribute_not_exists(game_id)", {}),
            self._put(
                to_item({"game_id": code_row(game.join_code), "game": game.game_id, "expires_at": now + CODE_SECONDS}),
                "attribute_not_exists(game_id) OR expires_at < :now",
                {":now": now},
            ),
            {
                "Update": {
                    "TableName": self._table,
                    "Key": to_item({"game_id": quiz_row(game.quiz_id)}),
                    "UpdateExpression": "ADD running :entry SET latest = :game",
                    **condition,
                    "ExpressionAttributeValues": to_item(entry),
                }
            },
        ]

    def _put(self, item: Any, condition: str, values: dict[str, Any]) -> Any:
        put = {"TableName": self._table, "Item": item, "ConditionExpression": condition}
        return {"Put": {**put, "ExpressionAttributeValues": to_item(values)} if values else put}
