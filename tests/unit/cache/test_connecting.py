"""The client of Redis: made late, once, and never waited for long."""

import os

import pytest
from redis.connection import Connection

from adapters import settings
from adapters.cache import connecting
from adapters.cache.connecting import RedisSettings, client
from adapters.live.board import Board
from quiz.errors import Unavailable
from tests.unit.cache.fake_redis import fake_redis
from tests.unit.cache.support import GAME_ID, places, player
from tests.unit.subprocesses import run_python
from tools.stack.processes import free_port


@pytest.fixture(autouse=True)
def little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "_TIMEOUT_SECONDS", 0.05)


def _board(port: int, **more: str) -> Board:
    configured = settings.read(RedisSettings, {"REDIS_HOST": "127.0.0.1", "REDIS_PORT": str(port), **more})
    return Board(lambda: client(configured))


def _write(board: Board) -> set[str]:
    return board.write(places([player("ann")]))


@pytest.mark.parametrize("package", ["leaderboard", "projector"])
def test_redis_is_imported_when_it_is_needed(package: str) -> None:
    assert run_python(f"import handlers.cache.{package}, sys\nprint('redis' in sys.modules)") == ["False"]


def test_settings_have_defaults_that_fit_a_laptop() -> None:
    assert settings.read(RedisSettings, {"REDIS_HOST": "here"}) == RedisSettings(redis_host="here")


def test_settings_are_what_terraform_says() -> None:
    given = {"REDIS_HOST": "h", "REDIS_PORT": "7000", "REDIS_TLS": "true", "REDIS_USER": "u", "REDIS_NAME": "n"}
    known = RedisSettings(redis_host="h", redis_port=7000, redis_tls=True, redis_user="u", redis_name="n")
    assert settings.read(RedisSettings, given) == known
    assert not settings.read(RedisSettings, {**given, "REDIS_TLS": "false"}).redis_tls


def test_there_is_one_client_and_it_connects_late() -> None:
    configured = RedisSettings(redis_host="nowhere.invalid")
    assert client(configured) is client(configured)


def test_limits_are_short_and_retries_few() -> None:
    found = client(RedisSettings(redis_host="nowhere.invalid", redis_tls=True))
    options = found.connection_pool.connection_kwargs
    assert options["socket_keepalive"] is True
    assert options["retry"].get_retries() == 2
    assert (options["ssl_cert_reqs"], options["ssl_check_hostname"]) == ("required", True)


def test_a_connection_begins_with_the_command_itself() -> None:
    with fake_redis(lambda _: b":1\r\n") as server:
        assert _write(_board(server.port)) == {GAME_ID}
        assert [command[0] for command in server.commands] == ["EVAL"]


def test_nobody_listens() -> None:
    with pytest.raises(Unavailable, match="ConnectionError"):
        _write(_board(free_port()))


def test_nobody_answers() -> None:
    with fake_redis(lambda _: None) as server:
        with pytest.raises(Unavailable, match="TimeoutError"):
            _write(_board(server.port))
        # Two retries, each on a connection of its own: what comes late on the first is no answer to the second.
        assert len(server.commands) == server.connections == 3


def test_nothing_can_be_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []

    def lost(_: Connection) -> None:
        tried.append(1)
        raise TimeoutError

    monkeypatch.setattr(Connection, "_connect", lost)
    with pytest.raises(Unavailable):
        _write(_board(1))
    with pytest.raises(Unavailable):
        _board(1).read(GAME_ID, None, 10, 5)
    assert len(tried) == 6


def test_a_name_that_leads_nowhere() -> None:
    with pytest.raises(Unavailable):
        Board(lambda: client(RedisSettings(redis_host="nowhere.invalid"))).read(GAME_ID, None, 10, 5)


def test_a_replica_that_was_the_primary_a_moment_ago_is_asked_again() -> None:
    replies = iter([b"-READONLY You can't write against a read only replica.\r\n", b":1\r\n"])
    with fake_redis(lambda _: next(replies)) as server:
        assert _write(_board(server.port)) == {GAME_ID}
        # On a new connection, which finds the new primary by its name.
        assert server.connections == 2


@pytest.mark.parametrize(
    "refusal", ["READONLY no", "OOM command not allowed", "LOADING dataset", "NOPERM no permissions", "ERR script"]
)
def test_whatever_redis_refuses_is_a_failure(refusal: str) -> None:
    with fake_redis(lambda _: f"-{refusal}\r\n".encode()) as server, pytest.raises(Unavailable):
        _write(_board(server.port))


def test_garbage_is_a_failure() -> None:
    with fake_redis(lambda _: b"HTTP/1.1 400 Bad Request\r\n\r\n") as server, pytest.raises(Unavailable):
        _write(_board(server.port))


def test_the_user_signs_in_with_a_token(monkeypatch: pytest.MonkeyPatch) -> None:
    with fake_redis(lambda command: b"+OK\r\n" if command[0] == "AUTH" else b":0\r\n") as server:
        _write(_board(server.port, REDIS_USER="quiz-writer", REDIS_NAME="quiz-cache"))
        [[auth, user, token], [command, *_]] = server.commands
    assert (auth, user, command) == ("AUTH", "quiz-writer", "EVAL")
    assert token.startswith("quiz-cache/?Action=connect&User=quiz-writer&X-Amz-Algorithm=AWS4-HMAC-SHA256")


def test_a_token_that_is_refused_is_a_failure() -> None:
    with fake_redis(lambda _: b"-WRONGPASS invalid\r\n") as server, pytest.raises(Unavailable, match="Authentication"):
        _write(_board(server.port, REDIS_USER="quiz-writer", REDIS_NAME="quiz-cache"))


def test_without_credentials_nobody_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("AWS_") and name != "AWS_DEFAULT_REGION"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
    with fake_redis(lambda _: b"+OK\r\n") as server, pytest.raises(Unavailable):
        _write(_board(server.port, REDIS_USER="quiz-writer", REDIS_NAME="quiz-cache"))
