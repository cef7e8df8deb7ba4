"""Demo users of the local stack: one student, one instructor, with passwords that open nothing else."""

from collections.abc import Mapping
from typing import Any

from tools.stack import outputs

# Of an emulator on the loopback interface.
_PASSWORD = "Local-stack-1"  # noqa: S105

USERS = {
    "student": {"username": "student@example.com", "password": _PASSWORD},
    "instructor": {"username": "instructor@example.com", "password": _PASSWORD},
}


def ensure(known: Mapping[str, Any]) -> None:
    """Make the users that are missing; making them again changes nothing."""
    cognito = outputs.client("cognito-idp", dict(known))
    pool = known["user_pool_id"]
    for user in USERS.values():
        _ensure(cognito, pool, user["username"], user["password"])
    cognito.admin_add_user_to_group(UserPoolId=pool, Username=USERS["instructor"]["username"], GroupName="instructors")


def _ensure(cognito: Any, pool: str, username: str, password: str) -> None:
    try:
        cognito.admin_create_user(
            UserPoolId=pool,
            Username=username,
            MessageAction="SUPPRESS",
            UserAttributes=[{"Name": "email", "Value": username}, {"Name": "email_verified", "Value": "true"}],
        )
    except cognito.exceptions.UsernameExistsException:
        return
    cognito.admin_set_user_password(UserPoolId=pool, Username=username, Password=password, Permanent=True)
