"""One of five questions is an old one: by chi-square over ten thousand draws, at fixed seeds."""

from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise

import pytest
from msgspec.structs import replace

from quiz.practice import policies
from quiz.practice.policies import next_pick
from quiz.practice.practising import chosen, named, practise
from quiz.practice.sessions import Session
from tests.unit.practice.support import chi_square, critical, pool, session

DRAWS = 10_000
OLD = pool((40, 2), (41, 1))
BEGUN = session(40, 0, pool=OLD)
OLD_SHARES: dict[str, float] = {"pool": 0.2, "new": 0.8}
DUE_SHARES: dict[str, float] = {"due": 0.2, "new": 0.8}
ALL_SHARES: dict[str, float] = {"pool": 0.2, "due": 0.16, "new": 0.64}


def over_versions(of: Session) -> Iterator[Session]:
    return (replace(of, version=version) for version in range(1, DRAWS + 1))


def over_seeds(of: Session) -> Iterator[Session]:
    return (replace(of, seed=f"seed {number}") for number in range(DRAWS))


def origins(sessions: Iterator[Session]) -> list[str]:
    picks = [next_pick(one) for one in sessions]
    return [pick.origin for pick in picks if pick is not None]


@pytest.mark.parametrize("draws", [over_versions, over_seeds])
@pytest.mark.parametrize(
    ("of", "shares"),
    [
        (BEGUN, OLD_SHARES),
        (session(40, 40, "spaced"), DUE_SHARES),
        (session(40, 40, "spaced", pool=OLD), ALL_SHARES),
    ],
    ids=["classic: pool and new", "spaced: due and new", "spaced: pool, due and new"],
)
def test_the_shares(of: Session, shares: dict[str, float], draws: Callable[[Session], Iterator[Session]]) -> None:
    seen = Counter(origins(draws(of)))
    assert seen.total() == DRAWS
    assert chi_square(seen, shares) < critical(len(shares) - 1)


def test_one_draw_tells_nothing_of_the_next() -> None:
    shares = {(one, other): a * b for one, a in OLD_SHARES.items() for other, b in OLD_SHARES.items()}
    assert chi_square(Counter(pairwise(origins(over_versions(BEGUN)))), shares) < critical(3)


def test_whole_sessions_keep_the_share() -> None:
    """Students who are wrong half of the time, as long as there is something on both sides."""
    seen: Counter[str] = Counter()
    number = 0
    while seen.total() < DRAWS:
        number += 1
        seen += _walked(session(60, seed=f"walk {number}"))
    assert chi_square(seen, OLD_SHARES) < critical(1)


def _walked(of: Session) -> Counter[str]:
    seen: Counter[str] = Counter()
    after, pick = chosen(of)
    while pick is not None:
        shown = named(after, pick, str(pick.place)).asked
        assert shown is not None
        if pick.origin == "new" and pick.place % 2:
            shown = replace(shown, misses=1)
        answered = practise(replace(after, asked=shown), shown, True).session
        both = answered.remaining and any(entry.place != pick.place for entry in answered.wrong_pool)
        after, pick = chosen(answered, shown.place)
        if both and pick is not None:
            seen[pick.origin] += 1
    return seen


@pytest.mark.parametrize("share", [Fraction(1, 4), Fraction(3, 20)])
def test_another_share_would_be_seen(share: Fraction, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policies, "OLD_BEFORE_NEW", share)
    assert chi_square(Counter(origins(over_versions(BEGUN))), OLD_SHARES) > critical(1)
