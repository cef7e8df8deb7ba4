"""One signal asks, two insist; afterwards signals do what they did before."""

import os
import signal

import pytest

from tools.dlq.stopping import impatient, stoppable


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_asks_and_two_insist(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with stoppable() as stop:
        assert not stop()
        os.kill(os.getpid(), number)
        assert stop()
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), number)
    assert signal.getsignal(number) is before


def test_who_is_asked_may_leave_at_once() -> None:
    with stoppable() as stop:
        with pytest.raises(KeyboardInterrupt), impatient():
            os.kill(os.getpid(), signal.SIGINT)
        assert not stop()
        os.kill(os.getpid(), signal.SIGINT)
        assert stop()
