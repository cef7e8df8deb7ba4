"""What really happened in a game, by the players' own records, and what it is worth by the written rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from quiz.live.settings import LiveSettings

# The proofs' questions have these options; the rest is wrong.
WORTH = {"a": Fraction(1), "b": Fraction(1, 2)}
MOST_STREAK = 5


@dataclass(frozen=True)
class Window:
    """When a question was open, by what everybody was told."""

    index: int
    question_id: str
    opened_at: int
    closes_at: int


@dataclass(frozen=True)
class Attempt:
    """An answer that a player sent, when the server took it up, and what came back: an error, or what it earned."""

    player: str
    question_id: str
    answer: str
    at: int
    error: str | None
    told: int | None = None


@dataclass(frozen=True)
class Earned:
    """What a player has to have at the end."""

    score: int
    hundredths: int
    points: dict[str, int]
    answers: dict[str, str]


def earned(windows: Iterable[Window], accepted: dict[str, Attempt], settings: LiveSettings) -> Earned:
    """Worked out question by question; `accepted` holds the attempt that counts of each question."""
    hundredths = streak = 0
    points: dict[str, int] = {}
    for window in sorted(windows, key=lambda one: one.index):
        attempt = accepted.get(window.question_id)
        share = WORTH.get(attempt.answer, Fraction(0)) if attempt else Fraction(0)
        if attempt is None:
            streak = 0
            continue
        spent = min(max(attempt.at - window.opened_at, 0), window.closes_at - window.opened_at)
        slow = Fraction(spent, settings.time_limit * 1000) / 2 * Fraction(settings.speed_weight)
        worth = round((1 - slow) * settings.points * share)
        worth += settings.streak_bonus * min(streak, MOST_STREAK) if share == 1 else 0
        streak = streak + 1 if share == 1 else 0
        points[window.question_id] = worth
        hundredths += spent // 10 if worth else 0
    answers = {question: attempt.answer for question, attempt in accepted.items()}
    return Earned(sum(points.values()), hundredths, points, answers)
