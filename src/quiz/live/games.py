"""A game: one run of a live quiz. What is stored of it is small, because every environment reads it every second."""

import hashlib
import re
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from quiz.live.settings import LiveSettings
from quiz.questions import Definition
from quiz.times import timestamp

# A warm environment may believe for this long that a game is as it read it.
MOST_STALE_MS = 1_000

_DAYS_KEPT = 365
_PLAYERS_PER_SHARD = 250
_FORGOTTEN_AFTER_MS = 12 * 3600 * 1000
_GAME_ID = re.compile(r"game-[0-9a-f]{20}")
_JOIN_CODE = re.compile(r"[0-9]{6}")


class Phase(StrEnum):
    """Where a game stands."""

    LOBBY = "lobby"
    OPEN = "open"
    CLOSED = "closed"
    ENDED = "ended"


class Name(NamedTuple):
    """What a client calls a game by."""

    kind: str
    value: str


class Game(Struct, frozen=True, kw_only=True):
    """One run of a live quiz, by the server's clock; all times are milliseconds since 1970.

    `index` is the question that was asked last, -1 before the first. `due_at` is when the clock moves the game on by
    itself, 0 for never. `version` counts the transitions, `last_action` is what made the last one, and `announced` is
    the last one that everybody was told of.
    """

    game_id: str
    quiz_id: str
    quiz_version: int
    title: str
    join_code: str
    host_id: str
    question_ids: tuple[str, ...]
    settings: LiveSettings
    shards: int
    created_at: int
    expires_at: int
    phase: Phase = Phase.LOBBY
    index: int = -1
    version: int = 1
    announced: int = 1
    last_action: str = ""
    opened_at: int = 0
    closes_at: int = 0
    due_at: int = 0
    paused: bool = False
    ending: bool = False
    ended_at: int = 0
    triggers: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """How many questions it asks."""
        return len(self.question_ids)

    @property
    def question_id(self) -> str | None:
        """The question that was asked last."""
        return self.question_ids[self.index] if self.index >= 0 else None

    @property
    def accepts_until(self) -> int:
        """The last moment at which an answer to the open question counts."""
        return self.closes_at + self.settings.grace_ms

    def is_running(self, now: int) -> bool:
        """Whether somebody who names the quiz may mean this game; a game that was left alone for long is forgotten."""
        touched = max(self.created_at, self.closes_at)
        return self.phase is not Phase.ENDED and now - touched < _FORGOTTEN_AFTER_MS


def new_game(definition: Definition, host_id: str, game_id: str, join_code: str, now: int, lobby_ms: int = 0) -> Game:
    """A game in its lobby, which the clock starts after `lobby_ms`, or nobody but its host."""
    quiz = definition.quiz
    return Game(
        game_id=game_id,
        quiz_id=quiz.quiz_id,
        quiz_version=quiz.version,
        title=quiz.title,
        join_code=join_code,
        host_id=host_id,
        question_ids=quiz.question_ids,
        settings=quiz.live,
        shards=max(1, -(-quiz.live.expected_players // _PLAYERS_PER_SHARD)),
        created_at=now,
        expires_at=now // 1000 + _DAYS_KEPT * 86_400,
        due_at=now + lobby_ms if lobby_ms else 0,
    )


def game_id_of(quiz_id: str, occasion: str) -> str:
    """The same id for the same occasion, so that opening a game twice for it opens one."""
    digest = hashlib.sha256(f"{quiz_id}\n{occasion}".encode()).hexdigest()
    return f"game-{digest[:20]}"


def names(given: str) -> tuple[Name, ...]:
    """What the text may be the name of, the likeliest first."""
    if _GAME_ID.fullmatch(given):
        return (Name("game", given), Name("quiz", given))
    if _JOIN_CODE.fullmatch(given):
        return (Name("code", given), Name("quiz", given))
    return (Name("quiz", given),)


def shard_of(participant_id: str, shards: int) -> int:
    """The shard that all rows of a player are in."""
    return int.from_bytes(hashlib.sha256(participant_id.encode()).digest()[:4]) % shards


def shard_key(game_id: str, shard: int) -> str:
    """The key of one shard of a game's players or connections."""
    return f"{game_id}#{shard}"


def wire_time(milliseconds: int) -> str:
    """A time of a game as clients are told it."""
    return timestamp(datetime.fromtimestamp(milliseconds / 1000, UTC))
