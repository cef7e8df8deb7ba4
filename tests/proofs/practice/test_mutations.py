"""Wrong versions of the rules. The machine has to catch each, by the rule that is there for it."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from msgspec.structs import replace

from quiz.practice import policies, practising, showing
from quiz.practice.policies import Pick
from quiz.practice.pools import Entry, Pool
from quiz.practice.sessions import Asked, Session
from tests.proofs.practice.machine import Practice
from tests.proofs.practice.pure import Pure
from tests.proofs.practice.wire import Told
from tests.proofs.violation import Violation

Mutant = Callable[[pytest.MonkeyPatch], None]


def keep_the_tries(patch: pytest.MonkeyPatch) -> None:
    pooled = practising._pooled

    def forgiving(session: Session, asked: Asked) -> tuple[Session, int]:
        return pooled(session, replace(asked, misses=0) if asked.origin == "pool" else asked)

    def missed(session: Session, asked: Asked, is_first: bool) -> Any:
        entry = session.wrong_pool.of(asked.place)
        after = original(session, asked, is_first)
        kept = after.session.wrong_pool.replaced(entry) if entry else after.session.wrong_pool
        return replace(after, session=replace(after.session, pool=str(kept)))

    original = practising._missed
    patch.setattr(practising, "_missed", missed)
    patch.setattr(practising, "_pooled", forgiving)


def begin_with_the_newest(patch: pytest.MonkeyPatch) -> None:
    def newest(pool: Pool, but: int | None = None) -> Entry | None:
        entries = list(pool)[::-1]
        return next((one for one in entries if one.place != but), entries[0] if entries else None)

    patch.setattr(Pool, "oldest", newest)


def ask_twice_in_a_row(patch: pytest.MonkeyPatch) -> None:
    next_pick = policies.next_pick

    def any_pick(session: Session, but: int | None = None) -> Pick | None:
        return next_pick(session)

    patch.setattr(practising, "next_pick", any_pick)


def keep_the_order(patch: pytest.MonkeyPatch) -> None:
    def same(options: Sequence[Any], before: Sequence[Any], seed: str, asked: Asked, miss: int) -> Sequence[Any]:
        return before or options

    patch.setattr(showing, "_other", same)


def reshuffle_by_chance(patch: pytest.MonkeyPatch) -> None:
    other = showing._other
    patch.setattr(showing, "_other", lambda options, before, *more: other(options, (), *more))


def stand_still(patch: pytest.MonkeyPatch) -> None:
    chosen = practising.chosen
    patch.setattr(practising, "chosen", lambda session, but=None: (session, chosen(session, but)[1]))


def forget_the_wrong(patch: pytest.MonkeyPatch) -> None:
    pooled = practising._pooled
    patch.setattr(practising, "_pooled", lambda session, asked: pooled(session, replace(asked, misses=0)))


def ask_the_pool_last(patch: pytest.MonkeyPatch) -> None:
    oldest = Pool.oldest
    patch.setattr(Pool, "oldest", lambda pool, but=None: None if len(pool) == 1 else oldest(pool, but))


def remember_every_answer(patch: pytest.MonkeyPatch) -> None:
    practise = practising.practise
    patch.setattr(practising, "practise", lambda *given: replace(practise(*given), is_first=True))


def take_any_version(patch: pytest.MonkeyPatch) -> None:
    answer = Pure.answer

    def careless(server: Pure, question_id: str, version: int, given: str) -> Told:
        return answer(server, question_id, server.session.version, given)

    patch.setattr(Pure, "answer", careless)


MUTANTS: dict[str, tuple[Mutant, str]] = {
    "tries are not begun anew": (keep_the_tries, "rule 3|rule 6"),
    "the pool begins with its newest": (begin_with_the_newest, "rule 4: after"),
    "the same question twice in a row": (ask_twice_in_a_row, "rule 4: after"),
    "options are not shuffled again": (keep_the_order, "in the same order"),
    "options are shuffled into any order": (reshuffle_by_chance, "in the same order"),
    "the cursor stands still": (stand_still, "rule 6: told|rule 4: after"),
    "a question that was wrong is mastered at once": (forget_the_wrong, "rule 3"),
    "the last of the pool is never asked": (ask_the_pool_last, "rule 4: after"),
    "each answer makes a memory": (remember_every_answer, "rule 6: progress"),
    "versions are not looked at": (take_any_version, "rule 5"),
}


@pytest.mark.parametrize("mutant", MUTANTS)
def test_the_machine_catches(mutant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    change, complaint = MUTANTS[mutant]
    change(monkeypatch)
    profile = settings(settings.get_profile("proofs"), phases=[Phase.generate], derandomize=True, max_examples=500)
    with pytest.raises(Violation, match=complaint):
        run_state_machine_as_test(Practice, settings=profile)
