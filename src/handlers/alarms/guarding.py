"""Takes a release back whose function crashes: here, because whoever watches a release may have died."""

from collections.abc import Mapping

from msgspec import Struct

from adapters.alerts.releases import Releases, TakenBack
from adapters.observability import logger
from handlers.alarms.telling import Channel, Notification
from quiz.alerts.messages import Message
from quiz.alerts.payloads import ALARM, Alarm, read
from quiz.errors import Unavailable

# The alarm on crashes of a function is named after it.
_ON_ERRORS = "-errors"


class Guard(Struct, frozen=True):
    """Acts on alarms that go off, and on nothing else."""

    releases: Releases
    channels: Mapping[str, Channel]
    name_prefix: str

    def heed(self, notification: Notification) -> None:
        """Take back what is tried of a function that crashes; Unavailable if that has to be tried again."""
        alert = read(notification.text)
        if not isinstance(alert, Alarm) or alert.state != ALARM:
            return
        if not alert.name.startswith(f"{self.name_prefix}-") or not alert.name.endswith(_ON_ERRORS):
            return
        function = alert.name.removesuffix(_ON_ERRORS)
        taken = self._take_back(function)
        if taken:
            logger().warning("a release was taken back", function=function, tried=taken.tried, serving=taken.serving)
            self._tell(function, taken)

    def _take_back(self, function: str) -> TakenBack | None:
        try:
            return self.releases.take_back(function)
        except Exception as error:
            logger().exception("whether a release has to be taken back is not known", function=function)
            # People have to hear of the alarm all the same.
            raise Unavailable(f"{function} may still be tried") from error

    def _tell(self, function: str, taken: TakenBack) -> None:
        """It is done whether or not people hear of it; of the alarm they hear in any case."""
        short = function.removeprefix(f"{self.name_prefix}-")
        message = Message(
            f"RELEASE in {self.name_prefix}: version {taken.tried} of {short} was taken back",
            f"{short} crashed while version {taken.tried} was tried; version {taken.serving} has all calls again.",
        )
        for name, channel in self.channels.items():
            try:
                channel.tell(message)
            except Exception:  # noqa: BLE001  # the other channels still have to hear of it
                logger().exception("what was taken back was not told", channel=name, function=function)
