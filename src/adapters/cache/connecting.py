"""The Redis client of an environment. Importing redis-py takes 60 ms, so it is imported when the client is made."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from msgspec import Struct

from adapters.cache.tokens import credentials
from quiz.errors import Unavailable

if TYPE_CHECKING:
    from redis import Redis

# A leaderboard that is late is read from DynamoDB instead, so nobody waits long for Redis.
_TIMEOUT_SECONDS = 0.5
_RETRIES = 2
_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.01, 0.1
# A PING before the command would be tried three times in each of three tries: a silent Redis would cost nine timeouts
# instead of three. A connection that a failover left dead is found by its first command, which is then repeated.
_NO_HEALTH_CHECKS = 0


class RedisSettings(Struct, frozen=True, kw_only=True):
    """Environment variables that say where Redis is. Without a user nothing is signed, as on a laptop."""

    redis_host: str
    redis_port: int = 6379
    redis_tls: bool = False
    redis_user: str = ""
    redis_name: str = ""


_lock = Lock()


def client(configured: RedisSettings) -> "Redis":
    """The one client of this environment; it connects when it is first used."""
    # Of two made at once, one would be thrown away with the connections of both.
    with _lock:
        return create(configured)


@cache
def create(configured: RedisSettings) -> "Redis":
    """What `client` does, for one thread at a time."""
    from redis.backoff import ExponentialWithJitterBackoff
    from redis.client import Redis
    from redis.exceptions import ReadOnlyError
    from redis.retry import Retry

    user = configured.redis_user
    return Redis(
        host=configured.redis_host,
        port=configured.redis_port,
        ssl=configured.redis_tls,
        credential_provider=credentials(user, configured.redis_name) if user else None,
        socket_timeout=_TIMEOUT_SECONDS,
        socket_connect_timeout=_TIMEOUT_SECONDS,
        socket_keepalive=True,
        health_check_interval=_NO_HEALTH_CHECKS,
        retry=Retry(ExponentialWithJitterBackoff(_LONGEST_PAUSE_SECONDS, _FIRST_PAUSE_SECONDS), _RETRIES),
        # What a replica says that was the primary until a moment ago.
        retry_on_error=[ReadOnlyError],
        # Version 3 of the protocol and the client's introduction would be three more round trips per connection.
        protocol=2,
        driver_info=None,
    )


@contextmanager
def redis_as_unavailable() -> Iterator[None]:
    """Turn whatever keeps Redis from doing its work into Unavailable."""
    from redis.exceptions import RedisError

    try:
        yield
    except (RedisError, OSError) as error:
        raise Unavailable(f"Redis: {type(error).__name__}") from error
