"""Ctrl-C, or a polite kill: what is begun is finished, and nothing else is begun. A second one ends it at once."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_POLITE = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stoppable() -> Iterator[Callable[[], bool]]:
    """Inside, signals only ask to stop; the function tells whether one has come."""
    came: list[int] = []

    def ask(number: int, _: FrameType | None) -> None:
        if came:
            raise KeyboardInterrupt
        came.append(number)

    with _handled(ask):
        yield lambda: bool(came)


@contextmanager
def impatient() -> Iterator[None]:
    """Inside, which is while somebody is asked, one signal is enough."""

    def end(_: int, __: FrameType | None) -> None:
        raise KeyboardInterrupt

    with _handled(end):
        yield


@contextmanager
def _handled(handler: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    before = {number: signal.signal(number, handler) for number in _POLITE}
    try:
        yield
    finally:
        for number, former in before.items():
            signal.signal(number, former)
