"""The address of the webhook is in no log line, whatever is wrong with it."""

import pytest

from quiz.errors import Unavailable
from tests.unit.alarms_handler.hook import HANG_UP, SILENCE, Hook
from tests.unit.alarms_handler.world import SECRET, World, ago, event
from tests.unit.alerts import support


@pytest.mark.parametrize(
    "address",
    [
        "{}" + SECRET,
        "no address" + SECRET,
        "http://example.com" + SECRET,
        "https://127.0.0.1:port" + SECRET,
        "https://127.0.0.1:1" + SECRET + " with spaces",
        "https://[" + SECRET,
    ],
)
@pytest.mark.parametrize("answer", [200, 404, 500, HANG_UP, SILENCE])
def test_the_address_is_not_logged(
    capsys: pytest.CaptureFixture[str], address: str, answer: int, world: World, hook: Hook
) -> None:
    hook.answers[SECRET] = [answer]
    world.set_webhook(address.format(hook.address))
    try:
        world.hear(event(support.single(StateChangeTime=ago(5))))
    except Unavailable as error:
        # Lambda logs what leaves the function.
        print(repr(error))  # noqa: T201
    printed = capsys.readouterr()
    assert "AlertsTold" in printed.out
    assert "very-secret" not in printed.out + printed.err
