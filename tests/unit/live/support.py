"""Games and players of live quizzes, valid with one detail changed."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from quiz.keys import SingleChoice
from quiz.live.games import Game, new_game
from quiz.live.settings import LiveSettings
from quiz.questions import Definition, Question, Quiz
from tests.unit.builders import question

NOW = 1_790_000_000_000
HOST = "host-1"

settings = st.builds(
    LiveSettings,
    pacing=st.sampled_from(["auto", "manual"]),
    time_limit=st.integers(5, 600),
    reveal_seconds=st.integers(1, 300),
    lead_ms=st.integers(0, 10_000),
    grace_ms=st.integers(0, 2_000),
    points=st.integers(0, 2_000),
    speed_weight=st.decimals(min_value=0, max_value=1, places=3),
    streak_bonus=st.integers(0, 1_000),
)


def choice(number: int = 1, points: Decimal | int = 1) -> Question:
    """A question with the options a to d, of which a is right and b half right."""
    key = SingleChoice(correct="a", partial={"b": Decimal("0.5")})
    return question(key, "a b c d", f"q{number}", points)


def live_definition(questions: int = 3, quiz_id: str = "quiz", **live: Any) -> Definition:
    asked = tuple(choice(number) for number in range(1, questions + 1))
    ids = tuple(one.question_id for one in asked)
    return Definition(Quiz(quiz_id=quiz_id, question_ids=ids, title="A quiz", live=LiveSettings(**live)), asked)


def game(questions: int = 3, game_id: str = "game-" + "0" * 20, lobby_ms: int = 0, **live: Any) -> Game:
    """A game in its lobby."""
    return new_game(live_definition(questions, **live), HOST, game_id, "123456", NOW, lobby_ms)


def with_settings(chosen: LiveSettings, questions: int = 3, lobby_ms: int = 0) -> Game:
    return replace(game(questions, lobby_ms=lobby_ms), settings=chosen)
