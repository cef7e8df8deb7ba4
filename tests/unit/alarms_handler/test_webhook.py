"""The chat's webhook in all its moods. Its address is a secret throughout."""

import logging
import socket
import ssl
from collections.abc import Callable
from typing import Any, cast

import pytest

from adapters.alerts import parameters, webhook
from adapters.alerts.parameters import Parameter
from adapters.alerts.webhook import Webhook
from quiz.alerts.messages import Message
from quiz.errors import Unavailable
from tests.unit.alarms_handler.hook import HANG_UP, SILENCE, Hook
from tests.unit.alarms_handler.world import PARAMETER, SECRET, World
from tests.unit.builders import refused

_MESSAGE = Message("It <burns>")


class Chat:
    """A webhook, the pauses it makes, and how often it reads its parameter."""

    def __init__(self) -> None:
        self.pauses: list[float] = []
        self.reads = 0
        self.now = 0.0
        self._ssm = parameters.client()
        self._ssm.meta.events.register("before-call", self._count)
        self.parameter = Parameter(lambda: self._ssm, PARAMETER, lambda: self.now)
        self._webhook = Webhook(self.parameter, self.pauses.append)

    def tell(self) -> None:
        self._webhook.tell(_MESSAGE)

    def refuse(self, code: str, status: int = 400) -> None:
        self._ssm.meta.events.register("before-call", cast("Any", lambda **_: refused(code, status)))

    def _count(self, **_: Any) -> None:
        self.reads += 1


@pytest.fixture
def chat(world: World) -> Chat:
    return Chat()


@pytest.fixture
def failing(chat: Chat, caplog: pytest.LogCaptureFixture) -> Callable[[str], None]:
    """Tells, expects a failure with this reason, and that nobody has learnt the address."""

    def fail(reason: str) -> None:
        caplog.set_level(logging.DEBUG)
        with pytest.raises(Unavailable) as raised:
            chat.tell()
        assert str(raised.value) == reason
        assert raised.value.__context__ is None or reason.startswith("the parameter")
        assert "secret" not in caplog.text

    return fail


def test_it_takes_one_json_object_with_a_text(chat: Chat, hook: Hook) -> None:
    chat.tell()
    [(path, body, headers)] = hook.posts
    assert (path, body) == (SECRET, {"text": "*It &lt;burns&gt;*"})
    assert headers["Content-Type"] == "application/json; charset=utf-8"


def test_the_query_belongs_to_the_address(chat: Chat, hook: Hook, world: World) -> None:
    world.set_webhook(f" {hook.address}/v1/spaces/x/messages?key=a%3D&token=b%26\n")
    chat.tell()
    assert hook.paths == ["/v1/spaces/x/messages?key=a%3D&token=b%26"]


@pytest.mark.parametrize("status", [200, 201, 204])
def test_any_success_is_one(chat: Chat, hook: Hook, status: int) -> None:
    hook.answers[SECRET] = [status]
    chat.tell()
    assert len(hook.posts) == 1


class TestTrouble:
    @pytest.mark.parametrize("first", [500, 503, 408, 429, HANG_UP, SILENCE])
    def test_that_passes_is_tried_again_after_a_pause(self, chat: Chat, hook: Hook, first: int) -> None:
        hook.answers[SECRET] = [first, 200]
        chat.tell()
        assert len(hook.posts) == 2
        assert chat.pauses == [webhook._PAUSE_SECONDS]

    @pytest.mark.parametrize(
        ("status", "reason"),
        [
            (500, "the webhook: HTTP 500"),
            (HANG_UP, "the webhook: RemoteDisconnected"),
            (SILENCE, "the webhook: TimeoutError"),
        ],
    )
    def test_that_stays_is_tried_twice(
        self, failing: Callable[[str], None], hook: Hook, status: int, reason: str
    ) -> None:
        hook.answers[SECRET] = [status]
        failing(reason)
        assert len(hook.posts) == 2

    @pytest.mark.parametrize("status", [301, 302, 308, 400, 413, 422])
    def test_that_a_second_try_would_not_mend_is_not_tried_again(
        self, failing: Callable[[str], None], hook: Hook, status: int
    ) -> None:
        hook.answers[SECRET] = [status]
        # Nobody follows it: it would take the message to a place that nobody has chosen.
        hook.headers["Location"] = f"{hook.address}/elsewhere"
        failing(f"the webhook: HTTP {status}")
        assert hook.paths == [SECRET]

    def test_of_connecting(self, failing: Callable[[str], None], world: World) -> None:
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            world.set_webhook(f"http://127.0.0.1:{unused.getsockname()[1]}{SECRET}")
            failing("the webhook: ConnectionRefusedError")

    def test_of_encrypting(self, failing: Callable[[str], None], hook: Hook, world: World) -> None:
        world.set_webhook(f"{hook.address.replace('http', 'https')}{SECRET}")
        failing("the webhook: SSLError")
        assert hook.posts == []


class TestTooMany:
    def test_a_short_wait_is_waited(self, chat: Chat, hook: Hook) -> None:
        hook.answers[SECRET] = [429, 200]
        hook.headers["Retry-After"] = "3"
        chat.tell()
        assert chat.pauses == [3.0]

    def test_a_long_one_is_left_to_the_next_try_of_the_function(
        self, chat: Chat, failing: Callable[[str], None], hook: Hook
    ) -> None:
        hook.answers[SECRET] = [429]
        hook.headers["Retry-After"] = "4"
        failing("the webhook: HTTP 429")
        assert (chat.pauses, len(hook.posts)) == ([], 1)

    def test_a_date_is_no_number_of_seconds(self, chat: Chat, hook: Hook) -> None:
        hook.answers[SECRET] = [429, 200]
        hook.headers["Retry-After"] = "Fri, 20 Nov 2026 03:00:00 GMT"
        chat.tell()
        assert chat.pauses == [webhook._PAUSE_SECONDS]


class TestTheAddress:
    def test_it_is_believed_for_five_minutes(self, chat: Chat, hook: Hook, world: World) -> None:
        chat.tell()
        world.set_webhook(f"{hook.address}/new-secret")
        chat.now = 299.0
        chat.tell()
        chat.now = 301.0
        chat.tell()
        assert hook.paths == [SECRET, SECRET, "/new-secret"]
        assert chat.reads == 2

    @pytest.mark.parametrize("status", [401, 403, 404, 410])
    def test_a_new_one_is_looked_for_when_the_old_one_is_refused(
        self, chat: Chat, hook: Hook, world: World, status: int
    ) -> None:
        chat.tell()
        hook.answers[SECRET] = [status]
        world.set_webhook(f"{hook.address}/new-secret")
        chat.tell()
        assert hook.paths == [SECRET, SECRET, "/new-secret"]
        assert chat.pauses == []

    def test_the_same_one_is_not_tried_again(self, chat: Chat, failing: Callable[[str], None], hook: Hook) -> None:
        hook.answers[SECRET] = [410]
        failing("the webhook: HTTP 410")
        assert (len(hook.posts), chat.reads) == (1, 2)

    @pytest.mark.parametrize(
        "address",
        [
            "http://example.com/secret",
            "http://localhost.example.com/secret",
            "ftp://127.0.0.1/secret",
            "https:///secret",
            "secret",
            "file:///etc/passwd",
        ],
    )
    def test_it_has_to_be_encrypted_or_here(self, failing: Callable[[str], None], world: World, address: str) -> None:
        world.set_webhook(address)
        failing("the webhook: the parameter holds no address with https")

    @pytest.mark.parametrize("address", ["http://127.0.0.1:x/secret", "http://127.0.0.1/sec\x01ret", "http://[secret"])
    def test_nonsense_is_told_by_its_kind(self, chat: Chat, world: World, address: str) -> None:
        world.set_webhook(address)
        with pytest.raises(Unavailable) as raised:
            chat.tell()
        assert "secret" not in str(raised.value)

    def test_an_old_one_is_better_than_none(self, chat: Chat, hook: Hook) -> None:
        chat.tell()
        chat.refuse("InternalServerError", 500)
        chat.now = 301.0
        chat.tell()
        assert len(hook.posts) == 2

    @pytest.mark.parametrize("code", ["AccessDeniedException", "ParameterNotFound"])
    def test_without_any_the_reason_is_told(self, chat: Chat, failing: Callable[[str], None], code: str) -> None:
        chat.refuse(code)
        failing(f"the parameter: {code}")


def test_certificates_are_checked() -> None:
    context = webhook._trusting()
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
