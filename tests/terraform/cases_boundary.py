"""Boundaries of roles, which every module that makes roles must refuse, or must just still accept, alike."""

from typing import Any

from tests.terraform.cases import Case

REQUIRED: dict[str, dict[str, Any]] = {}

# Every module that makes a role, be it a function's.
MODULES = ("alarms", "api", "cache", "function", "intake", "queue", "scheduler", "schedules", "tables")

_OWN = "protection.permissions_boundary must be the ARN of a policy of the environment's own account."


def _boundary(arn: str) -> dict[str, Any]:
    return {"permissions_boundary": arn}


_BAD = (
    "quiz-boundary",
    "arn:aws:iam::123456789012:role/quiz-boundary",
    "arn:aws:iam::123456789012:policy/*",
    "arn:aws:iam::1234:policy/quiz-boundary",
)
_GOOD = (
    "arn:aws:iam::123456789012:policy/quiz-boundary",
    "arn:aws-cn:iam::aws:policy/PowerUserAccess",
)

REFUSED = [
    *(
        Case(module, _boundary(arn), "permissions_boundary must be the ARN of a policy.")
        for module in MODULES
        for arn in (_BAD if module == "function" else _BAD[:1])
    ),
    Case("root", {"protection": _boundary("quiz-boundary")}, _OWN),
    # A value that was copied from another environment, whose account is another one.
    Case("root", {"protection": _boundary("arn:aws:iam::210987654321:policy/quiz-boundary")}, _OWN),
]

ACCEPTED = [
    *(Case("function", _boundary(arn)) for arn in _GOOD),
    *(Case(module, _boundary(_GOOD[0])) for module in MODULES if module != "function"),
    *(Case("root", {"protection": {"data": False} | _boundary(arn)}) for arn in _GOOD),
]
