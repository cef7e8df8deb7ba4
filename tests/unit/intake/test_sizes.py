"""The largest request that the intake takes still makes an item that DynamoDB takes."""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any

import pytest

from quiz.intake import MOST_BYTES, MOST_BYTES_AROUND
from tests.unit.builders import Calls
from tests.unit.intake.support import answer, line, lines, request
from tests.unit.queue_driver import metrics

_MOST_OF_AN_ITEM = 400 * 1024
# The request line and all headers together.
_MOST_OF_API_GATEWAY = 10_240


def _size(attributes: Mapping[str, Any]) -> int:
    """By DynamoDB's rules, numbers at their largest."""
    return sum(len(name.encode()) + _size_of(value) for name, value in attributes.items())


def _size_of(value: Any) -> int:
    match value:
        case str():
            return len(value.encode())
        case Mapping():
            return 3 + _size(value) + len(value)
        case bool():
            return 1
    return 21


def _headers(size: int) -> dict[str, str]:
    """As many as have the size together, as short as they can be, so that there are many."""
    names = [f"{number:x}" for number in range(size)]
    found: dict[str, str] = {}
    for name in names:
        size -= len(name) + 1
        if size < 0:
            return found
        found[name] = ""
    return found


def test_the_largest_body_is_kept(intake: Calls, database: Any) -> None:
    body = "ü" * (MOST_BYTES // 2)
    assert answer(request(body=body)).status == 200
    assert line(database)["body"] == body


@pytest.mark.parametrize("headers", [{"x": "y" * (MOST_BYTES_AROUND - 100)}, _headers(MOST_BYTES_AROUND - 100)])
def test_the_largest_request_there_can_be_fits_into_an_item(
    intake: Calls, database: Any, headers: dict[str, str]
) -> None:
    body = b64encode(b"\xff" * MOST_BYTES).decode()
    sent = request(body=body, is_base64=True, headers=headers, user="u" * 128, request_id="r" * 128)
    assert answer(sent).status == 200
    assert _MOST_OF_AN_ITEM - 20 * 1024 < _size(line(database)) <= _MOST_OF_AN_ITEM


@pytest.mark.parametrize(
    ("body", "is_base64"), [("a" * (MOST_BYTES + 1), False), (b64encode(b"a" * (MOST_BYTES + 1)).decode(), True)]
)
def test_a_larger_body_is_refused_with_its_size(
    intake: Calls, database: Any, capsys: pytest.CaptureFixture[str], body: str, is_base64: bool
) -> None:
    reply = answer(request(body=body, is_base64=is_base64))
    assert (reply.status, reply.error) == (413, "too_large")
    assert str(MOST_BYTES) in reply.body["message"]
    assert metrics(capsys)["RequestsTooLarge"] == [1]
    assert not lines(database)


def test_headers_that_no_item_has_room_for_are_refused(intake: Calls, database: Any) -> None:
    """API Gateway would refuse them before."""
    assert answer(request(headers={"x": "y" * MOST_BYTES_AROUND})).status == 413
    assert answer(request(headers=_headers(2 * MOST_BYTES_AROUND))).status == 413
    assert not lines(database)


@pytest.mark.parametrize(
    "sent",
    [
        # Bytes that API Gateway reads as Latin-1 are twice as long in UTF-8.
        request(headers={"x": "ÿ" * _MOST_OF_API_GATEWAY}),
        request(path="/intake/" + "ÿ" * _MOST_OF_API_GATEWAY),
        # Two characters become ten, and nothing shorter becomes longer.
        request(query="pw=&" * (_MOST_OF_API_GATEWAY // 4)),
        request(headers={f"{number:x}": "" for number in range(_MOST_OF_API_GATEWAY // 4)}),
    ],
    ids=["headers", "path", "query", "many headers"],
)
def test_no_headers_that_api_gateway_takes_are_too_large(intake: Calls, database: Any, sent: dict[str, Any]) -> None:
    assert answer({**sent, "body": "a" * MOST_BYTES}).status == 200
