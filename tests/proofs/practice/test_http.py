"""The rules through the real handler and a database: interleaved, raced and crashed."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import count
from threading import Barrier
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from adapters.practice import sessions as stored_sessions
from adapters.practice.answers import progress_actions
from adapters.practice.sessions import Sessions
from handlers.api.practice import answering
from quiz.practice.sessions import PolicyName
from quiz.questions import Question
from tests.proofs.faults import Killed
from tests.proofs.practice.conftest import FIGURES, SCALE
from tests.proofs.practice.machine import Practice, Sent
from tests.proofs.practice.model import Model
from tests.proofs.practice.place import MOST_QUESTIONS, Place, ask, cold, place_at
from tests.proofs.practice.wire import RIGHT, WRONG, Server, Told, questions
from tests.proofs.violation import Violation

# Each of the first questions is answered like this, and then all are right.
_SCRIPT = [RIGHT, WRONG[0], RIGHT, WRONG[1], WRONG[0], RIGHT, RIGHT, WRONG[0]]


@pytest.fixture(scope="module")
def place(emulator_url: str) -> Iterator[Place]:
    with place_at(emulator_url) as found:
        yield found


def interleave(place: Place, examples: int) -> None:
    """Drive the handler through the machine."""

    class Real(Practice):
        most_questions = MOST_QUESTIONS

        def serve(self, asked: list[Question], due: int, policy: PolicyName, seed: str) -> Server:
            return place.serve(asked, due, policy, seed)

        def race(self, first: Sent, second: Sent) -> tuple[tuple[Sent, Told], tuple[Sent, Told]]:
            """The second comes in between what the first reads and writes, and wins."""
            told: list[Told] = []
            place.meanwhile = lambda: told.append(self.server.answer(*second))
            late = self.server.answer(*first)
            return (second, told[0]), (first, late)

    profile = settings(
        settings.get_profile("proofs"),
        max_examples=examples,
        stateful_step_count=25,
        derandomize=SCALE == 1,
        phases=[Phase.generate],
    )
    run_state_machine_as_test(Real, settings=profile)


def test_the_rules_hold_through_the_handler(place: Place) -> None:
    interleave(place, 6 * SCALE)


def write_whatever_the_version(patch: pytest.MonkeyPatch) -> None:
    put = Sessions._put

    def unguarded(*given: Any) -> Any:
        return {name: value for name, value in put(*given).items() if name in ("TableName", "Item")}

    patch.setattr(Sessions, "_put", unguarded)


def forget_the_last_answer(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(answering, "_is_repeated", lambda *given: False)


def leave_out_the_summary(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(stored_sessions, "progress_actions", lambda *given: progress_actions(*given)[:1])


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (write_whatever_the_version, "rule 5|rule 6"),
        (forget_the_last_answer, "rule 5"),
        (leave_out_the_summary, "rule 6: the summary"),
    ],
)
def test_a_mistake_of_the_handler_is_caught(
    change: Callable[[pytest.MonkeyPatch], None], complaint: str, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(monkeypatch)
    with pytest.raises(Violation, match=complaint):
        interleave(place, 60)


def begin(place: Place, size: int = 4, policy: PolicyName = "classic", seed: str = "") -> tuple[Server, Model]:
    asked = questions(size)
    server = place.serve(asked, 2 if policy == "spaced" else 0, policy, seed)
    return server, Model({one.question_id: len(one.options) for one in asked}, server.read())


def test_of_two_clients_one_wins_each_version(place: Place) -> None:
    server, model = begin(place, MOST_QUESTIONS)
    with ThreadPoolExecutor(2) as pool:
        for number in range(15 * SCALE):
            if model.state.question_id is None:
                model.check_books(server.books())
                server, model = begin(place, MOST_QUESTIONS, seed=str(number))
            sent = [(model.state.question_id or "", model.state.version, answer) for answer in (RIGHT, WRONG[0])]
            start = Barrier(2)

            def race(one: tuple[str, int, str], server: Server = server, start: Barrier = start) -> Told:
                start.wait()
                return server.answer(*one)

            told = list(pool.map(race, sent))
            assert sorted(one.verdict for one in told) == ["accepted", "outdated"]
            winner = next(i for i, one in enumerate(told) if one.verdict == "accepted")
            model.accepted(told[winner], sent[winner][2] == RIGHT)
            outdated = told[1 - winner].state
            assert outdated is not None
            model.unchanged(outdated)
    model.check_books(server.books())


@pytest.mark.parametrize("policy", ["classic", "spaced"])
def test_a_crash_after_any_call_counts_nothing_twice(place: Place, policy: PolicyName) -> None:
    most = 0
    for number in count():
        server, model = begin(place, policy=policy)
        script, crashed = iter(_SCRIPT), 0
        while model.state.question_id is not None:
            answer = next(script, RIGHT)
            sent = (model.state.question_id, model.state.version, answer)
            # A new environment makes all calls that there are.
            cold()
            with place.crashing(number) as crash, suppress(Killed):
                server.answer(*sent)
            crashed += crash.dead
            most = max(most, len(crash.names))
            model.accepted(server.answer(*sent), answer == RIGHT)
            model.check_books(server.books())
            model.unchanged(server.read())
        if not crashed:
            break
    FIGURES.append(f"{policy} practice: answers crashed after each of their {most} calls, and counted once")


def test_a_crash_while_a_session_is_made_leaves_nothing_to_count(place: Place) -> None:
    for number in count():
        cold()
        place._seeds = ["abandoned", "seed"]
        with place.crashing(number) as crash, suppress(Killed):
            ask("POST /sessions", "crasher", {"quiz_id": "quiz-3"})
        status, progress = ask("GET /users/{user_id}/progress", "crasher", path={"user_id": "crasher"})
        assert (status, progress["answered"], progress["mastered"]) == (200, 0, 0)
        if not crash.dead:
            break
