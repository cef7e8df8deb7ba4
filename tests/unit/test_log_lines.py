"""An error in a log tells where it happened. What it says is left out where that may quote what was worked on."""

import json
from collections.abc import Callable
from decimal import Decimal
from http.client import HTTPConnection
from typing import Any, Literal
from urllib.request import urlopen

import botocore.session
import msgspec
import pytest
from botocore.exceptions import ConnectTimeoutError

from adapters import settings
from adapters.log_lines import LEFT_OUT, hush
from adapters.observability import logger
from quiz.errors import InvalidInput, Unavailable
from tests.proofs.faults import client_error

SECRET = "SECRET-VALUE"


class Model(msgspec.Struct, forbid_unknown_fields=True):
    kind: Literal["known"] = "known"
    number: int = 0


def _quoting_sdk() -> None:
    client: Any = botocore.session.get_session().create_client("dynamodb", region_name="eu-central-1")
    client.put_item(TableName="t", Item={"answers": {"S": [SECRET]}})


QUOTING: list[Callable[[], Any]] = [
    lambda: int(SECRET),
    lambda: dict[str, int]()[SECRET],
    lambda: json.loads(f'{{"a": {SECRET}}}'),
    lambda: msgspec.convert({"kind": SECRET}, Model),
    lambda: msgspec.convert({SECRET: 1}, Model),
    lambda: urlopen(SECRET),
    lambda: HTTPConnection(f"host:{SECRET}"),
    _quoting_sdk,
]


def _raised(work: Callable[[], Any]) -> Exception:
    try:
        work()
    except Exception as error:  # noqa: BLE001
        return error
    raise AssertionError("nothing was raised")


def _logged(error: BaseException, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    logger().exception("it failed", exc_info=error)
    [line] = capsys.readouterr().out.splitlines()
    told: dict[str, Any] = json.loads(line)
    return told


@pytest.mark.parametrize("work", QUOTING)
def test_what_an_error_quotes_is_not_logged(work: Callable[[], Any], capsys: pytest.CaptureFixture[str]) -> None:
    error = _raised(work)
    assert SECRET in str(error) or isinstance(error, json.JSONDecodeError)
    line = _logged(error, capsys)
    assert SECRET not in json.dumps(line)
    # Its kind and its place are there.
    assert line["exception_name"] == type(error).__name__
    assert "test_log_lines.py" in line["exception"]
    assert LEFT_OUT in line["exception"]
    assert LEFT_OUT in line["stack_trace"]["value"]


def test_nor_is_what_those_quote_that_led_to_it(capsys: pytest.CaptureFixture[str]) -> None:
    def chained() -> None:
        try:
            try:
                int(SECRET)
            except ValueError as error:
                raise KeyError(SECRET) from error
        except KeyError:
            raise Unavailable("the table is busy")  # noqa: B904  # the first of the two ways to be led to it

    line = _logged(_raised(chained), capsys)
    assert SECRET not in json.dumps(line)
    assert line["exception"].count(LEFT_OUT) == 2
    assert "the table is busy" in line["exception"]


def test_errors_in_a_circle_are_told_of_once() -> None:
    first, second = ValueError(SECRET), ValueError(SECRET)
    first.__context__, second.__context__ = second, first
    hush(first)
    assert (str(first), str(second)) == (LEFT_OUT, LEFT_OUT)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (Unavailable("ThrottlingException"), "ThrottlingException"),
        (InvalidInput("Expected `int` - at `$.x`"), "Expected `int`"),
        (client_error("PutItem", "AccessDeniedException"), "AccessDeniedException"),
        (ConnectTimeoutError(endpoint_url="https://table"), "https://table"),
        (TypeError("set has no place in an item"), "set has no place"),
        (ConnectionRefusedError(111, "Connection refused"), "refused"),
        (ZeroDivisionError("division by zero"), "division by zero"),
        (_raised(lambda: msgspec.convert({"number": SECRET}, Model)), "Expected `int`, got `str` - at `$.number`"),
        (_raised(lambda: settings.read(Model, {"NUMBER": SECRET})), "Expected `int`, got `str` - at `$.number`"),
        (_raised(lambda: Decimal(SECRET)), "ConversionSyntax"),
        (_raised(f"{SECRET}\ud800".encode), "surrogates not allowed"),
        (_raised((SECRET.encode() + b"\xff").decode), "invalid start byte"),
    ],
)
def test_what_is_needed_to_find_the_fault_is_logged(
    error: Exception, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    line = _logged(error, capsys)
    assert told in line["exception"]
    assert SECRET not in json.dumps(line)
