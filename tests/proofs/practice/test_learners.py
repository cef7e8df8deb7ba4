"""Thirty days of students who forget: both policies bring them to mastery."""

from itertools import product
from statistics import fmean

import pytest

from quiz.practice.sessions import PolicyName
from tests.proofs.practice.conftest import FIGURES, SCALE
from tests.proofs.practice.learners import DAY, START, Outcome, Practising, outcomes

LEARNERS = 5 * min(SCALE, 10)
DAYS, BUDGET = 30, 40
BANKS = (60, 150)


@pytest.fixture(scope="module")
def runs() -> dict[tuple[PolicyName, int], list[Outcome]]:
    policies: tuple[PolicyName, ...] = ("classic", "spaced")
    return {
        (policy, bank): list(outcomes(policy, LEARNERS, bank, DAYS, BUDGET))
        for policy, bank in product(policies, BANKS)
    }


@pytest.mark.parametrize("bank", BANKS)
@pytest.mark.parametrize("policy", ["classic", "spaced"])
def test_everybody_masters_everything(
    policy: PolicyName, bank: int, runs: dict[tuple[PolicyName, int], list[Outcome]]
) -> None:
    found = runs[policy, bank]
    FIGURES.append(_figures(policy, bank, found))
    assert [outcome.mastered for outcome in found] == [bank] * LEARNERS


@pytest.mark.parametrize("policy", ["classic", "spaced"])
def test_practice_beats_none(policy: PolicyName, runs: dict[tuple[PolicyName, int], list[Outcome]]) -> None:
    idle = Practising(policy, BANKS[0], 0)
    unpractised = idle.learner.retention(START + DAYS * DAY)
    assert min(outcome.at_end for outcome in runs[policy, BANKS[0]]) > unpractised + 0.2


def test_the_simulation_can_be_repeated() -> None:
    assert Practising("spaced", 20, 7).run(5, 30) == Practising("spaced", 20, 7).run(5, 30)


def _figures(policy: str, bank: int, found: list[Outcome]) -> str:
    until = fmean(outcome.asked_until / bank for outcome in found if outcome.asked_until)
    per_kept = fmean(outcome.asked / max(1, outcome.known) for outcome in found)
    asked, days = fmean(outcome.asked for outcome in found), fmean(outcome.days or DAYS for outcome in found)
    end, later = fmean(outcome.at_end for outcome in found), fmean(outcome.a_month_later for outcome in found)
    return (
        f"{policy} practice of {bank} questions, {len(found)} learners, {DAYS} days of at most {BUDGET} answers: "
        f"{until:.1f} asked per mastered one, all mastered after {days:.0f} days; in all {asked:.0f} asked, "
        f"{per_kept:.0f} per one known at the end; retention {end:.0%}, a month later {later:.0%}"
    )
