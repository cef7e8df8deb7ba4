"""What leaves a log, and what does not."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from quiz.alerts.logged import LoggedError, read

_MS = 1_795_142_412_345
_AT = datetime.fromtimestamp(_MS / 1000, UTC)


def _read(**fields: Any) -> LoggedError | None:
    return read("f", _MS, json.dumps(fields))


def test_our_own_lines() -> None:
    line = {
        "level": "ERROR",
        "message": "a game\nstands still",
        "exception": "Traceback: the secret sauce",
        "exception_name": "KeyError",
        "correlation_id": "abc",
        "quiz_id": "q1",
    }
    error = _read(**line)
    assert error == LoggedError(_AT, "f", "a game stands still", "KeyError")
    assert error.line == f"{_AT:%H:%M:%S} f: a game stands still (KeyError)"


def test_what_lambda_writes_of_an_error_that_nobody_caught() -> None:
    line = {"level": "ERROR", "errorMessage": "division by zero", "errorType": "ZeroDivisionError", "stackTrace": ["x"]}
    assert _read(**line) == LoggedError(_AT, "f", "division by zero", "ZeroDivisionError")


def test_time_outs_in_both_formats() -> None:
    report = {"type": "platform.report", "record": {"status": "timeout", "metrics": {"durationMs": 3000}}}
    assert _read(**report) == LoggedError(_AT, "f", "Task timed out")
    text = "2026-11-20T03:00:12.345Z abc Task timed out after 3.00 seconds\n"
    assert read("f", _MS, text) == LoggedError(_AT, "f", "Task timed out after 3.00 seconds")


@pytest.mark.parametrize(
    "line",
    [
        '{"level":"INFO","message":"ERROR"}',
        '{"level":"WARNING"}',
        '{"record":{"status":"error"}}',
        '{"record":"timeout"}',
        "START RequestId: 1",
        "",
        "[]",
        '"ERROR"',
    ],
)
def test_whatever_is_no_error_stays(line: str) -> None:
    assert read("f", _MS, line) is None


def test_long_messages_are_cut() -> None:
    error = _read(level="CRITICAL", message="a" * 10_000, exception_name="E" * 200)
    assert error
    assert error.message == "a" * 197 + "..."
    assert len(error.exception) == 60


@pytest.mark.parametrize(
    "message",
    [
        "posting to https://x with token=abcdefghijkl failed",
        "Authorization: abcdefghijkl",
        'got {"password": "abcdefghijkl"}',
        "key AKIAABCDEFGHIJKLMNOP is bad",
        "eyJhbGciOi.eyJzdWIi.abcdefghijkl is no token",
    ],
)
def test_what_looks_like_a_secret_is_left_out(message: str) -> None:
    error = _read(level="ERROR", message=message)
    assert error
    assert "[...]" in error.message
    assert "abcdefghijkl" not in error.message
    assert "ABCDEFGHIJKL" not in error.message


def test_plain_words_are_no_secrets() -> None:
    error = _read(level="ERROR", message="the token was refused; what was told is not remembered")
    assert error
    assert error.message == "the token was refused; what was told is not remembered"


@pytest.mark.parametrize("message", [None, 7, {"a": 1}, ["x"]])
def test_messages_that_are_no_text_are_not_shown(message: Any) -> None:
    assert _read(level="ERROR", message=message) == LoggedError(_AT, "f", "")
