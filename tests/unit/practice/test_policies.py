from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from quiz.practice.policies import POLICIES, Pick, next_pick
from quiz.practice.sessions import PolicyName, Session
from tests.unit.practice.support import pool, session

ENTRIES = ((7, 2), (8, 1), (9, 2))


@st.composite
def sessions(draw: Any) -> Session:
    """Any that may come about: what is in the pool has been asked."""
    policy = draw(st.sampled_from(["classic", "spaced"]))
    new, due = draw(st.integers(0, 12)), draw(st.integers(0, 6 if policy == "spaced" else 0))
    asked_new, asked_due = draw(st.integers(0, new)), draw(st.integers(0, due))
    begun = session(new, due, policy, draw(st.text(max_size=5)))
    begun = replace(begun, new_asked=asked_new, due_asked=asked_due, version=draw(st.integers(1, 999)))
    spent = sorted(set(range(new + due)) - unasked(begun))
    places = st.lists(st.sampled_from(spent), unique=True) if spent else st.just([])
    return replace(begun, pool=pool(*((place, draw(st.integers(1, 2))) for place in draw(places))))


def unasked(of: Session) -> set[int]:
    """The places that wait to be asked, found by asking them all."""
    found, left = set(), of
    while pick := POLICIES[of.policy].fresh(left):
        assert pick.place not in found
        found.add(pick.place)
        name = "new_asked" if pick.origin == "new" else "due_asked"
        left = replace(left, version=left.version + 1, **{name: getattr(left, name) + 1})
    return found


@given(sessions())
def test_everything_that_is_left_is_asked(of: Session) -> None:
    assert len(unasked(of)) == of.remaining


@given(sessions(), st.integers(0, 17) | st.none())
def test_the_next_is_the_oldest_of_the_pool_or_one_that_is_left(of: Session, but: int | None) -> None:
    pick, left = next_pick(of, but), unasked(of)
    assert (pick is None) == (not left and not of.pool)
    if pick is not None and pick.origin == "pool":
        waiting = [entry.place for entry in of.wrong_pool]
        others = [place for place in waiting if place != but]
        assert pick.place == (others or waiting)[0]
    elif pick is not None:
        assert pick.place in left


@given(sessions(), st.data())
def test_no_question_comes_twice_in_a_row_if_there_is_another(of: Session, data: st.DataObject) -> None:
    places = [entry.place for entry in of.wrong_pool]
    assume(places)
    but = data.draw(st.sampled_from(places))
    pick = next_pick(of, but)
    assert pick is not None
    assert (pick.place == but) == (places == [but] and not unasked(of))


@given(sessions(), st.integers(0, 17) | st.none())
def test_the_choice_can_be_repeated(of: Session, but: int | None) -> None:
    assert next_pick(of, but) == next_pick(of, but)


@pytest.mark.parametrize("policy", ["classic", "spaced"])
def test_an_empty_side_gives_the_other(policy: PolicyName) -> None:
    for version in range(1, 60):
        empty = session(3, 0, policy, version=version, new_asked=3)
        assert next_pick(empty) is None
        assert next_pick(replace(empty, pool=pool((1, 2)))) == Pick(1, "pool")
        fresh = next_pick(session(3, 0, policy, version=version))
        assert fresh is not None
        assert fresh.origin == "new"


def test_what_is_due_comes_weakest_first() -> None:
    of, picks = session(0, 4, "spaced"), []
    while pick := next_pick(of):
        picks.append(pick)
        of = replace(of, due_asked=of.due_asked + 1, version=of.version + 1)
    assert picks == [Pick(place, "due") for place in range(4)]


def test_the_order_does_not_depend_on_what_came_in_between() -> None:
    calm, restless = (session(20, 0, new_asked=5, version=version) for version in (6, 60))
    assert next_pick(calm) == next_pick(restless)


def test_seeds_part_two_sessions() -> None:
    firsts = {next_pick(session(50, 0, seed=str(number))) for number in range(40)}
    assert len(firsts) > 20


def test_the_pool_passes_over_the_one_just_answered() -> None:
    full = session(3, 0, new_asked=3, pool=pool(*ENTRIES))
    assert next_pick(full, but=7) == Pick(8, "pool")
    assert next_pick(full, but=8) == Pick(7, "pool")
