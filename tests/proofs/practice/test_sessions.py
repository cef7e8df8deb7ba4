import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test

from quiz.practice.sessions import PolicyName
from tests.proofs.practice.conftest import SCALE
from tests.proofs.practice.machine import Practice
from tests.proofs.practice.model import Model
from tests.proofs.practice.pure import Pure
from tests.proofs.practice.wire import RIGHT, WRONG, questions


def test_the_rules_hold_under_any_interleaving() -> None:
    run_state_machine_as_test(Practice, settings=settings(settings.get_profile("proofs"), max_examples=150 * SCALE))


@pytest.mark.parametrize("policy", ["classic", "spaced"])
@given(data=st.data())
@settings(settings.get_profile("proofs"), max_examples=30 * SCALE)
def test_every_session_comes_to_an_end(policy: PolicyName, data: st.DataObject) -> None:
    """Whoever answers each question wrong a few times at most masters all of them."""
    count = data.draw(st.integers(1, 40))
    asked = questions(count)
    due = data.draw(st.integers(0, count)) if policy == "spaced" else 0
    server = Pure(asked, due, policy, data.draw(st.text(max_size=4)))
    model = Model({one.question_id: len(one.options) for one in asked}, server.read())
    wrongs = data.draw(st.lists(st.booleans(), max_size=60))
    for step in range(10 * count + 4 * len(wrongs)):
        if (shown := model.state.question_id) is None:
            break
        is_right = step >= len(wrongs) or not wrongs[step]
        told = server.answer(shown, model.state.version, RIGHT if is_right else WRONG[0])
        model.accepted(told, is_right)
    assert model.state.question_id is None
    assert sorted(model.mastered) == sorted(model.options)
    model.check_books(server.books())
