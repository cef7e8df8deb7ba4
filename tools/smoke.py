"""`python -m tools.smoke ENV`: whether the doors of an environment open, and to nobody without a token.

For the minute after a deploy. How everything behind the doors does is told by `python -m tools.doctor ENV`.
"""

import argparse
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable

from websockets.exceptions import InvalidHandshake, InvalidStatus
from websockets.sync.client import connect

from tools import deployed
from tools.deployed import Deployed

_SECONDS_TO_ANSWER = 10
# A new API is known everywhere after some seconds, and a name of its own after a minute.
_SECONDS_TO_TRY = 90
_SECONDS_BETWEEN = 5

# The emulator's sockets answer 403 to whom AWS answers 401.
_CLOSED = {401, 403}


def checks(http_url: str, websocket_url: str) -> dict[str, Callable[[], str]]:
    """Each says what is wrong, or nothing."""
    return {
        "the API says that it is well": lambda: _differs(_get(f"{http_url}/health"), {200}),
        "the API refuses strangers": lambda: _differs(_get(f"{http_url}/questions"), _CLOSED),
        "the WebSocket API refuses strangers": lambda: _differs(_shake_hands(websocket_url), _CLOSED),
    }


def wrong(place: Deployed, patience: float = _SECONDS_TO_TRY) -> dict[str, str]:
    """What is still wrong when patience ends, by check."""
    open_ = checks(place.output("http_api_url"), place.output("websocket_url"))
    until = time.monotonic() + patience
    while True:
        told = {name: check() for name, check in open_.items()}
        found = {name: mistake for name, mistake in told.items() if mistake}
        if not found or time.monotonic() >= until:
            return found
        time.sleep(_SECONDS_BETWEEN)


def main(arguments: list[str] | None = None) -> int:
    """Try the doors; 0 if all are as they should be."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.smoke", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("environment", metavar="ENV")
    name = parser.parse_args(arguments).environment
    try:
        found = wrong(deployed.find(name))
    except deployed.FAILURES as error:
        print(f"stopped: {deployed.told(error)}", file=sys.stderr)
        return 1
    for claim, mistake in found.items():
        print(f"not true: {claim}: {mistake}", file=sys.stderr)
    if not found:
        print(f"{name} is open to whom it should be, and to nobody else")
    return 1 if found else 0


def _differs(answer: int | str, expected: set[int]) -> str:
    return "" if answer in expected else f"it answered {answer}"


def _get(url: str) -> int | str:
    try:
        with urllib.request.urlopen(url, timeout=_SECONDS_TO_ANSWER) as response:  # noqa: S310  # the environment's own
            return int(response.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except OSError as error:
        return str(error)


def _shake_hands(url: str) -> int | str:
    try:
        connect(url, open_timeout=_SECONDS_TO_ANSWER).close()
    except InvalidStatus as error:
        return error.response.status_code
    except (OSError, InvalidHandshake) as error:
        return str(error)
    return "welcome"


if __name__ == "__main__":
    sys.exit(main())
