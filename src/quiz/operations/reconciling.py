"""Whether a score follows from the answers that are stored beside it.

Each rule names the attributes that do not follow. None of them calls wrong what may be right: a question that was
edited after it was answered is no longer known as it was.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from msgspec import Struct, structs

from quiz import answers as given
from quiz.inline import INLINE_VERSION
from quiz.live.participants import Participant
from quiz.live.points import TIE_RANGE, rank, rank_gain, tie
from quiz.numbers import exact
from quiz.parsing import decoder
from quiz.questions import Definition, Question
from quiz.scoring import ALL, NOTHING, grade
from quiz.sittings import OPEN, Sitting, submit

# A rounded share or sum is off by half of it at most.
_ROUNDING = Fraction(1, 10_000)
# A question in its first version is what it was whenever it was answered.
_NEVER_EDITED = 1
# What submitting a sitting works out.
_WORKED_OUT = ("answers", "fingerprint", "score", "total", "percentage", "shares", "earned", "category_scores")
_ANY_TIME = datetime(1970, 1, 1, tzinfo=UTC)

_answers = decoder(dict[str, Any])


class StoredSubmission(Struct, frozen=True):
    """A scored submission as its table holds it."""

    student_id: str
    submission_id: str
    quiz_id: str
    quiz_version: int
    scored_at: str
    fingerprint: str
    answers: str
    score: Decimal
    max_score: Decimal
    percentage: Decimal
    shares: dict[str, Decimal]


def submission_differs(stored: StoredSubmission, definition: Definition | None) -> tuple[str, ...]:
    """What does not follow from the answers, by the quiz as it is now, if there is one.

    The part that questions earned which nobody can look up any more lies between the least and the greatest of their
    shares: what each of them was worth is known of the sum alone.
    """
    if given.fingerprint(stored.quiz_id, stored.answers) != stored.fingerprint:
        return ("fingerprint",)
    if not stored.shares or not all(NOTHING <= share <= ALL for share in stored.shares.values()):
        return ("shares",)
    answers = given.canonical(_answers.decode(stored.answers))
    known = _known(stored, definition)
    graded = {each: grade(question, answers.get(each)) for each, question in known.items()}
    wrong = () if all(exact(share, 4) == stored.shares[each] for each, share in graded.items()) else ("shares",)
    earned = sum((share * Fraction(known[each].points) for each, share in graded.items()), NOTHING)
    possible = sum((Fraction(question.points) for question in known.values()), NOTHING)
    rest = [Fraction(share) for each, share in stored.shares.items() if each not in known]
    return (*wrong, *(_loosely(stored, earned, possible, rest) if rest else _exactly(stored, earned, possible)))


def sitting_differs(sitting: Sitting) -> tuple[str, ...]:
    """What does not follow from the answers of a submitted sitting, which holds its questions as they were shown."""
    again = submit(structs.replace(sitting, state=OPEN, closes_at=None), _answers.decode(sitting.answers), _ANY_TIME)
    return tuple(name for name in _WORKED_OUT if getattr(again, name) != getattr(sitting, name))


def player_differs(player: Participant) -> tuple[str, ...]:
    """What does not follow from the answers of a player of a live quiz."""
    counted = player.answers.values()
    standing = rank(0, 0) + sum(rank_gain(each.points, each.elapsed_ms) for each in counted)
    ranked = standing * TIE_RANGE + tie(player.joined_at, player.participant_id)
    right = {
        "score": sum(each.points for each in counted),
        # Who was sent away stands below nothing.
        "rank_score": -ranked if player.kicked else ranked,
    }
    return tuple(name for name, value in right.items() if getattr(player, name) != value)


def _known(stored: StoredSubmission, definition: Definition | None) -> Mapping[str, Question]:
    """Those of its questions that are as they were when it was scored."""
    if definition is None or definition.quiz.version != stored.quiz_version:
        return {}
    # A quiz that was made under the id of one that was deleted counts its versions anew.
    if set(definition.quiz.question_ids) != stored.shares.keys():
        return {}
    return {each.question_id: each for each in definition.questions if each.version == _NEVER_EDITED}


def _exactly(stored: StoredSubmission, earned: Fraction, possible: Fraction) -> Iterator[str]:
    if stored.score != exact(earned, 4):
        yield "score"
    if stored.max_score != exact(possible, 4):
        yield "max_score"
    if stored.percentage != exact(100 * earned / possible, 2):
        yield "percentage"


def _loosely(stored: StoredSubmission, earned: Fraction, possible: Fraction, rest: list[Fraction]) -> Iterator[str]:
    score, most = Fraction(stored.score), Fraction(stored.max_score)
    left = most - possible
    least, greatest = min(rest) * left, max(rest) * left
    if stored.quiz_version == INLINE_VERSION:
        # There each question has one point.
        least = greatest = sum(rest, NOTHING)
    if left < -_ROUNDING or (stored.quiz_version == INLINE_VERSION and left != len(rest)):
        yield "max_score"
    slack = _ROUNDING * (2 + abs(left))
    if not least - slack <= score - earned <= greatest + slack:
        yield "score"
    if most and abs(Fraction(stored.percentage) - 100 * score / most) > 100 * _ROUNDING * (1 + 1 / most):
        yield "percentage"
