"""What the api module's WebSocket API must refuse, or must just still accept."""

from typing import Any

from tests.terraform.cases import Case

_FUNCTION = {"name": "any", "alias_arn": "arn:aws:lambda:eu-central-1:123456789012:function:any:live"}

# What every caller has to say beside what tests.terraform.cases names.
REQUIRED: dict[str, dict[str, Any]] = {
    "api": {"socket": {"environment": {}, "grants": {}, "authorizer_package": "build/lambda/api.zip"}},
}


def _socket(**changes: Any) -> dict[str, Any]:
    return {"socket": REQUIRED["api"]["socket"] | changes}


_ACTION = (
    'socket.routes must be keyed by action, as in "leaderboard": '
    "a letter first, then lower-case letters, digits and underscores."
)
_OWN = "socket.routes must not hold an action of the socket function; it would take the place of that one."
_THROTTLE = "socket.throttle.rate and socket.throttle.burst must be at least 1; 0 would stop the WebSocket API."

REFUSED = [
    Case("api", _socket(routes={"$connect": _FUNCTION}), _ACTION),
    Case("api", _socket(routes={"$default": _FUNCTION}), _ACTION),
    Case("api", _socket(routes={"Leaderboard": _FUNCTION}), _ACTION),
    Case("api", _socket(routes={"GET /leaderboard": _FUNCTION}), _ACTION),
    Case("api", _socket(routes={"answer": _FUNCTION}), _OWN),
    Case("api", _socket(throttle={"rate": 0}), _THROTTLE),
    Case("api", _socket(throttle={"burst": 0}), _THROTTLE),
]

ACCEPTED = [
    Case("api", _socket(routes={"leaderboard": _FUNCTION, "top_10": _FUNCTION})),
    Case("api", _socket(throttle={"rate": 1, "burst": 1}, sets_log_role=True)),
]
