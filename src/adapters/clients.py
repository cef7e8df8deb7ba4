"""AWS clients: made when first needed, once per environment, with limits that fit a short function.

botocore is used without boto3 on top: what boto3 adds costs every cold start some 20 ms (docs/decisions/0003).
"""

import os
from collections.abc import Callable, Mapping
from functools import cache
from threading import Lock
from typing import Any

import botocore.session
from botocore.config import Config

# Two tries of at most 2.5 s each fit twice into the shortest function timeout; the queue itself retries for longer.
_LIMITS = Config(
    connect_timeout=1,
    read_timeout=1.5,
    retries={"mode": "standard", "total_max_attempts": 2},
    max_pool_connections=10,
    tcp_keepalive=True,
    # What botocore does for each call is most of what a call costs here: it would look through all that is sent before
    # the service does, which tests have it do, and write down anew what it is, the machine and Python.
    parameter_validation=False,
    user_agent="quiz-platform",
)

# What a call may take with both its tries. What is begun later than this before the function's end may be cut off.
_SLOWEST_CALL_MS = 5_000

# Making a client is not thread-safe, and a batch is processed in threads.
_lock = Lock()


def time_for_a_call(context: Any) -> Callable[[], bool]:
    """Tells whether the invocation has time left for one more call."""

    def in_time() -> bool:
        remaining: int = context.get_remaining_time_in_millis()
        return remaining > _SLOWEST_CALL_MS

    return in_time


def make(service: str, config: Config | None = None) -> Any:
    """The client of the service. The name must be a literal: packaging bundles the models of the names it finds."""
    with _lock:
        return create(service, config)


@cache
def create(service: str, config: Config | None = None) -> Any:
    """What `make` does, for one thread at a time."""
    return _session().create_client(service, config=_LIMITS.merge(config) if config else _LIMITS)


@cache
def _session() -> botocore.session.Session:
    session = botocore.session.get_session()
    if given := _credentials(os.environ):
        session.set_credentials(*given)
    return session


def _credentials(environment: Mapping[str, str]) -> tuple[str, str, str | None] | None:
    """What Lambda puts into the environment of a function: as good for as long as the environment lives.

    Where there is none, botocore looks in all the places it knows; getting ready for that is a tenth of a cold start.
    """
    key_id, secret = environment.get("AWS_ACCESS_KEY_ID"), environment.get("AWS_SECRET_ACCESS_KEY")
    if not key_id or not secret or "AWS_CREDENTIAL_EXPIRATION" in environment:
        return None
    return key_id, secret, environment.get("AWS_SESSION_TOKEN")
