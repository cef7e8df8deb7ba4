"""How a live quiz is played: chosen by its author, fixed for a game when the game is opened."""

from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta, Struct

from quiz.fields import require


class LiveSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Pace and scoring of a live quiz."""

    pacing: Annotated[
        Literal["auto", "manual"],
        Meta(description="Whether the next question comes by itself after the reveal, or when the host says so."),
    ] = "auto"
    time_limit: Annotated[int, Meta(ge=5, le=600, description="Seconds to answer a question.")] = 20
    reveal_seconds: Annotated[int, Meta(ge=1, le=300, description="Pause after a question, with its answer shown.")] = 5
    lead_ms: Annotated[int, Meta(ge=0, le=10_000, description="Milliseconds for a question to reach everybody.")] = 500
    grace_ms: Annotated[int, Meta(ge=0, le=2_000, description="How late an answer may arrive and still count.")] = 500
    points: Annotated[int, Meta(ge=0, le=2_000, description="For each point of a question; 0 asks just for fun.")] = (
        1000
    )
    speed_weight: Annotated[
        Decimal, Meta(description="0 to 1: with 1 the last moment earns half the points, with 0 all of them.")
    ] = Decimal(1)
    streak_bonus: Annotated[
        int, Meta(ge=0, le=1_000, description="Extra points for each right answer directly before, at most five.")
    ] = 0
    reveal: Annotated[
        Literal["closed", "answer"],
        Meta(description="When a player learns the right answer: once the question is closed, or on answering."),
    ] = "closed"
    lobby_seconds: Annotated[
        int, Meta(ge=0, le=900, description="How long players gather before a scheduled game begins.")
    ] = 60
    expected_players: Annotated[int, Meta(ge=1, le=100_000, description="Spreads the load; more may come.")] = 1_000

    def __post_init__(self) -> None:
        require(self.speed_weight.is_finite() and 0 <= self.speed_weight <= 1, "speed_weight is between 0 and 1")
