"""A release is promoted only if nothing went wrong, and always as a whole."""

from collections.abc import Callable, Iterator
from itertools import count

import pytest

from tests.unit.tools.release.account import Account
from tools.environment import Refused
from tools.release.alarms import Alarms
from tools.release.aliases import Aliases
from tools.release.watching import End, Watch

_HTTP, _SOCKET, _INTAKE = "quiz-test-http", "quiz-test-socket", "quiz-test-intake"
_MINUTE = 60


@pytest.fixture
def tried(account: Account) -> Account:
    """http and socket are tried, intake is not."""
    for function in (_HTTP, _SOCKET):
        account.functions.publish(function, 4)
        account.functions.serve(function, "3", v4=0.1)
    return account


def _watch(account: Account, *events: Callable[[], object], stopped: Callable[[], bool] = lambda: False) -> End:
    """For five minutes, a minute at a time; one event befalls each pause."""
    minutes, befalling = count(), iter(events)
    watch = Watch(
        aliases=Aliases(account),
        alarms=Alarms(account),
        now=lambda: next(minutes) * _MINUTE,
        pause=lambda: _befall(befalling),
        stopped=stopped,
    )
    return watch.until(5 * _MINUTE)


def _befall(events: Iterator[Callable[[], object]]) -> None:
    event = next(events, None)
    if event:
        event()


def _rings(account: Account, function: str) -> Callable[[], object]:
    return lambda: account.watched.states.update({f"{function}-errors": "ALARM"})


def test_a_quiet_release_is_promoted(tried: Account) -> None:
    assert _watch(tried) is End.PROMOTED
    assert tried.functions.serving(_HTTP) == ("4", {})
    assert tried.functions.serving(_SOCKET) == ("4", {})


def test_what_is_not_tried_is_left_alone(tried: Account) -> None:
    before = tried.functions.aliases[_INTAKE]
    _watch(tried)
    assert tried.functions.aliases[_INTAKE] is before


def test_an_alarm_takes_all_of_the_release_back(tried: Account) -> None:
    assert _watch(tried, lambda: None, _rings(tried, _HTTP)) is End.TAKEN_BACK
    assert tried.functions.serving(_HTTP) == ("3", {})
    assert tried.functions.serving(_SOCKET) == ("3", {})


def test_an_alarm_in_the_last_moment_counts(tried: Account) -> None:
    events = [lambda: None] * 3 + [_rings(tried, _SOCKET)]
    assert _watch(tried, *events) is End.TAKEN_BACK


def test_an_alarm_of_something_else_does_not(tried: Account) -> None:
    assert _watch(tried, _rings(tried, _INTAKE)) is End.PROMOTED


def test_what_the_notify_function_took_back_takes_the_rest_along(tried: Account) -> None:
    assert _watch(tried, lambda: tried.functions.serve(_HTTP, "3")) is End.TAKEN_BACK
    assert tried.functions.serving(_SOCKET) == ("3", {})


def test_what_somebody_takes_back_between_look_and_promotion_is_not_promoted(tried: Account) -> None:
    """http is promoted already when the share of socket is taken away."""
    tried.functions.before_update = [lambda: None, lambda: tried.functions.serve(_SOCKET, "3")]
    assert _watch(tried) is End.TAKEN_BACK
    assert tried.functions.serving(_HTTP) == ("3", {})
    assert tried.functions.serving(_SOCKET) == ("3", {})


def test_whoever_stops_watching_changes_nothing(tried: Account) -> None:
    assert _watch(tried, stopped=lambda: True) is End.LEFT
    assert tried.functions.serving(_HTTP) == ("3", {"4": 0.1})


def test_there_is_nothing_to_watch_when_nothing_is_tried(account: Account) -> None:
    assert _watch(account) is End.NOTHING_TRIED


def test_nothing_is_watched_without_an_alarm(tried: Account) -> None:
    del tried.watched.states[f"{_HTTP}-errors"]
    with pytest.raises(Refused, match="quiz-test-http-errors"):
        _watch(tried)
    assert tried.functions.serving(_HTTP) == ("3", {"4": 0.1})
