"""Tells people of an alert: read what is known, tell, remember. A crash in between tells twice rather than never."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Protocol

import msgspec
from msgspec import Struct

from adapters.alerts.memory import Memory
from adapters.observability import count, logger
from handlers.alarms.knowing import Knowing
from quiz.alerts import telling
from quiz.alerts.changes import Change, Told, change_of
from quiz.alerts.composing import Place
from quiz.alerts.messages import Message
from quiz.alerts.payloads import Alert, read
from quiz.alerts.repeats import Decision, decide
from quiz.errors import Unavailable

NOTICES, WEBHOOK = "notices", "webhook"
# Of the trouble with the webhook itself people hear no oftener.
_TROUBLE = "#webhook"


class Channel(Protocol):
    """A way to people."""

    def tell(self, message: Message) -> None:
        """Hand the message over, or raise."""


class Notification(Struct, frozen=True):
    """What came from the topic."""

    text: str
    message_id: str
    subject: str
    sent_ms: int


class Teller(Struct, frozen=True):
    """Everything that an alert passes on its way. Each channel hears of each change once; what fails comes again."""

    memory: Memory
    knowing: Knowing
    channels: Mapping[str, Channel]
    place: Place
    now_ms: Callable[[], int]

    def tell(self, notification: Notification) -> None:
        """Tell it on every channel that has not heard of it; Unavailable if one did not take it."""
        alert = read(notification.text)
        change = change_of(alert, notification.message_id, notification.sent_ms)
        decision = decide(self._known(change), change, frozenset(self.channels), self.now_ms())
        if decision.told is None:
            logger().info("nothing new", alarm=change.key, state=change.state)
            count("AlertsRepeated")
            return
        message = self._message(alert, decision, decision.told, notification)
        self._deliver(message, decision, decision.told)

    def _known(self, change: Change) -> Told | None:
        try:
            return self.memory.find(change.key)
        except Exception:  # noqa: BLE001  # twice is better than never
            logger().exception("what was told before is not known", alarm=change.key)
            return None

    def _message(self, alert: Alert, decision: Decision, told: Told, notification: Notification) -> Message:
        try:
            known = self.knowing.of(alert, decision.form, self._now())
            return telling.message(alert, decision.form, told, self.place, known, notification.subject)
        except Exception:  # noqa: BLE001  # then people read it as it came
            logger().exception("an alert could not be put into words", alarm=told.alarm)
            return telling.other(notification.text, self.place, notification.subject)

    def _deliver(self, message: Message, decision: Decision, told: Told) -> None:
        failed = []
        # The plain topic first: it is the surer one, and nobody there waits for the other.
        for name in sorted(decision.channels, key=lambda channel: channel != NOTICES):
            try:
                self.channels[name].tell(message)
            except Exception as error:  # noqa: BLE001  # the other channels still have to hear of it
                logger().exception("an alert was not taken", channel=name, alarm=told.alarm)
                failed.append(name)
                self._trouble(name, str(error) if isinstance(error, Unavailable) else type(error).__name__)
            else:
                if not told.channels:
                    count("AlertsTold")
                told = msgspec.structs.replace(told, channels=told.channels | {name})
                self._keep(told)
        if failed:
            raise Unavailable(f"not taken by {' and '.join(failed)}")

    def _keep(self, told: Told) -> None:
        try:
            self.memory.keep(told, self.now_ms())
        except Exception:  # noqa: BLE001  # it may be told again, that is all
            logger().exception("what was told is not remembered", alarm=told.alarm)

    def _trouble(self, channel: str, reason: str) -> None:
        """Tell the subscribers of the topic that the chat hears nothing."""
        if channel != WEBHOOK:
            return
        count("WebhookFailed")
        change = Change(_TROUBLE, "FAILING", self.now_ms())
        decision = decide(self._known(change), change, frozenset({NOTICES}), self.now_ms())
        if decision.told is None:
            return
        try:
            self.channels[NOTICES].tell(telling.webhook_trouble(reason, self.place, self._now()))
        except Exception:  # noqa: BLE001  # the alert itself is what matters
            logger().exception("the trouble with the webhook was not told")
        else:
            self._keep(msgspec.structs.replace(decision.told, channels=frozenset({NOTICES})))

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self.now_ms() / 1000, UTC)
