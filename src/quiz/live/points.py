"""What an answer earns, and the one number that players are ranked by."""

from decimal import Decimal
from fractions import Fraction

from quiz.live.settings import LiveSettings
from quiz.questions import Question

# Times are kept in hundredths of a second: the longest game has 99 questions of 600 s, which is less than this.
TIME_RANGE = 10**7
# Digits below the rank that set apart who is equal in points and time: milliseconds, and two digits of the player.
# With the ranks of scores below a million that makes 28, which emulators of DynamoDB add exactly; AWS holds 38.
TIE_RANGE = 10**15

_MOST_STREAK = 5


def points(question: Question, share: Fraction, elapsed_ms: int, settings: LiveSettings) -> int:
    """Points of an answer: fewer the later it came, by the weight that the quiz gives to speed."""
    worth = share * Fraction(question.points) * settings.points
    lost = Fraction(settings.speed_weight) * Fraction(elapsed_ms, settings.time_limit * 1000) / 2
    return round((1 - lost) * worth)


def bonus(streak: int, settings: LiveSettings) -> int:
    """Extra points of a right answer after so many right ones directly before it."""
    return settings.streak_bonus * min(streak, _MOST_STREAK)


def rank(score: int, time_ms: int) -> int:
    """More is better: points first, then less time. A double holds it exactly."""
    return score * TIME_RANGE + TIME_RANGE - 1 - min(time_ms // 10, TIME_RANGE - 1)


def rank_gain(earned: int, elapsed_ms: int) -> int:
    """By how much an answer raises the rank. An answer that earns nothing costs no time either."""
    return earned * TIME_RANGE - elapsed_ms // 10 if earned else 0


def tie(joined_at: int, participant_id: str) -> int:
    """More for those who joined earlier, and hardly ever equal for two; then their ids decide."""
    digits = int.from_bytes(participant_id.encode(), "big") % 100
    return TIE_RANGE - 1 - (joined_at * 100 + digits)


def rank_score(rank: int, tie: int) -> Decimal:
    """Rank and tie in one number, which DynamoDB sorts and adds exactly."""
    # As integers: arithmetic with Decimal rounds to 28 digits.
    return Decimal(rank * TIE_RANGE + tie)


def split(rank_score: Decimal) -> tuple[int, int]:
    """The rank and the tie in it."""
    whole, tie = divmod(int(rank_score), TIE_RANGE)
    return whole, tie
