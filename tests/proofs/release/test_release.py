"""The whole way of a release: Terraform gives a share, the watch ends it, and Terraform agrees with how it ended.

The emulator keeps weights and shows them, but sends all calls to the version that serves: that a share of the calls
comes to the newest is AWS's part, and not proved here.
"""

from collections.abc import Callable, Iterator
from itertools import count

import pytest

from adapters.alerts.releases import Releases
from handlers.alarms.guarding import Guard
from handlers.alarms.notify import notification
from tests.proofs.release.school import School
from tools.environment import Refused
from tools.release.alarms import Alarms
from tools.release.aliases import Aliases
from tools.release.going_back import back
from tools.release.pruning import prune
from tools.release.watching import End, Watch


def _watch(school: School, *events: Callable[[], object]) -> End:
    """Five looks, with something that befalls between them."""
    moments, befalling = count(), iter(events)
    watch = Watch(
        aliases=Aliases(school),
        alarms=Alarms(school),
        now=lambda: next(moments),
        pause=lambda: _befall(befalling),
        stopped=lambda: False,
    )
    return watch.until(5)


def _befall(events: Iterator[Callable[[], object]]) -> None:
    event = next(events, None)
    if event:
        event()


def _release(school: School, *shorts: str) -> tuple[str, str]:
    """Write new code and apply it with a share of 20 percent; returns what serves and what is tried of the first."""
    serving = {alias.short: alias.serving for alias in Aliases(school).all()}
    for short in shorts:
        school.write(short)
    school.apply(0.2, **serving)
    alias = school.alias(shorts[0])
    assert alias.serving == serving[shorts[0]]
    assert alias.tried is not None
    assert alias.share == 0.2
    return alias.serving, alias.tried


def test_an_apply_alone_puts_the_newest_live_in_one_step(settled: School) -> None:
    before, heard = settled.alias("http"), settled.answers("http")
    settled.write("http")
    settled.apply()
    after = settled.alias("http")
    assert int(after.serving) == int(before.serving) + 1
    assert after.tried is None
    assert settled.answers("http") > heard


def test_a_release_tries_what_changed_and_nothing_else(settled: School) -> None:
    before = settled.alias("socket")
    serving, tried = _release(settled, "http")
    assert int(tried) == int(serving) + 1
    assert settled.alias("socket") == before


def test_a_healthy_release_is_promoted_and_terraform_has_nothing_to_add(settled: School) -> None:
    _, tried = _release(settled, "http")
    assert _watch(settled) is End.PROMOTED
    assert (settled.alias("http").serving, settled.alias("http").tried) == (tried, None)
    assert not settled.drifts()


def test_an_alarm_takes_the_whole_release_back(settled: School) -> None:
    serving, _ = _release(settled, "http", "socket")
    assert _watch(settled, lambda: None, lambda: settled.rings("socket")) is End.TAKEN_BACK
    assert (settled.alias("http").serving, settled.alias("http").tried) == (serving, None)
    assert settled.alias("socket").tried is None


def test_an_alarm_takes_a_release_back_when_nobody_watches(settled: School) -> None:
    """The notification is the emulator's own; of the notify function, the part that acts."""
    serving, _ = _release(settled, "http", "socket")
    settled.rings("http")
    guard = Guard(Releases(lambda: settled.client("lambda")), {}, settled.prefix)
    guard.heed(notification(settled.heard(), 0))
    assert (settled.alias("http").serving, settled.alias("http").tried) == (serving, None)
    # Of the rest nothing is promoted by itself.
    assert settled.alias("socket").tried is not None
    back(settled, [])
    assert settled.alias("socket").tried is None


def test_what_was_taken_back_is_seen_as_drift_and_tried_again_by_the_next_release(settled: School) -> None:
    serving, tried = _release(settled, "http")
    assert _watch(settled, lambda: settled.rings("http")) is End.TAKEN_BACK
    assert settled.drifts()
    settled.rings("http", "OK")
    now_serving, now_tried = _release(settled, "http")
    assert now_serving == serving
    assert int(now_tried) == int(tried) + 1
    assert _watch(settled) is End.PROMOTED
    assert not settled.drifts()


def test_a_rollback_by_hand_answers_with_the_former_code_at_once(settled: School) -> None:
    heard = settled.answers("http")
    settled.write("http")
    settled.apply()
    assert settled.answers("http") > heard
    back(settled, ["http"])
    assert settled.answers("http") == heard


def test_pruned_versions_are_gone_and_what_serves_is_kept(settled: School) -> None:
    settled.write("http")
    settled.apply()
    back(settled, ["http"])
    serving = settled.alias("http")
    assert prune(settled, 1, really=True).versions > 0
    numbers = [version.number for version in Aliases(settled).versions(serving)]
    assert numbers == [serving.serving, str(int(serving.serving) + 1)]
    with pytest.raises(Refused):
        back(settled, ["http"])
