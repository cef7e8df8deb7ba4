"""The function beside the cache is asked directly, and trouble with it is told from trouble with the cache."""

import json
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

import botocore.session
import pytest
from botocore.exceptions import ClientError, ReadTimeoutError
from botocore.response import StreamingBody

from adapters.operations import inspection
from adapters.operations.inspection import Inspector
from quiz.errors import Unavailable
from quiz.operations.inspection import Board, Inspected, Inspection
from tests.unit.builders import Calls, accepted, refused

ARN = "arn:aws:lambda:eu-central-1:123456789012:function:quiz-leaderboard:live"
GOOD = {"reachable": True, "milliseconds": 0.5, "boards": {"game-1": {"complete": True, "ranks": {"ann": 7}}}}


@pytest.fixture
def inspector(calls: Calls) -> Inspector:
    client: Any = botocore.session.get_session().create_client("lambda")
    calls.watch(client)
    return Inspector(lambda: client, ARN)


def told(content: Any, **also: Any) -> Any:
    text = content if isinstance(content, bytes) else json.dumps(content).encode()
    return lambda _: accepted(Payload=StreamingBody(BytesIO(text), len(text)), **also)


def test_what_is_asked_and_answered(inspector: Inspector, calls: Calls) -> None:
    calls.answers["Invoke"] = told(GOOD)
    found = inspector.inspect(Inspection({"game-1": ("ann", "bob")}, drawn=3))
    assert found == Inspected(True, 0.5, {"game-1": Board(True, {"ann": 7})})
    assert calls.made == [("Invoke", {"inspect": {"games": {"game-1": ["ann", "bob"]}, "drawn": 3}})]


def test_the_alias_is_invoked(inspector: Inspector, calls: Calls) -> None:
    urls: list[str] = []
    client: Any = inspector._client()
    client.meta.events.register_first("before-call", lambda params, **_: urls.append(params["url_path"]))
    calls.answers["Invoke"] = told(GOOD)
    inspector.inspect(Inspection())
    assert [unquote(url) for url in urls] == [f"/2015-03-31/functions/{ARN}/invocations"]


def test_an_unreachable_cache_is_an_answer(inspector: Inspector, calls: Calls) -> None:
    calls.answers["Invoke"] = told({"reachable": False, "milliseconds": 0, "boards": {}})
    assert inspector.inspect(Inspection()) == Inspected(False, 0)


@pytest.mark.parametrize(
    "answer",
    [
        told({"errorMessage": "KeyError", "errorType": "KeyError"}, FunctionError="Unhandled"),
        # What a release answers that knows no inspection, and what none does.
        told({"statusCode": 404, "body": "{}"}),
        told(b"null"),
        told(b""),
        told(b"\xff"),
        lambda _: refused("TooManyRequestsException", 429),
        lambda _: refused("ServiceException", 500),
        lambda _: refused("EC2ThrottledException", 502),
    ],
)
def test_a_function_that_does_not_answer_is_unavailable(inspector: Inspector, calls: Calls, answer: Any) -> None:
    calls.answers["Invoke"] = answer
    with pytest.raises(Unavailable):
        inspector.inspect(Inspection())


def test_an_answer_that_breaks_off_is_unavailable(inspector: Inspector, calls: Calls) -> None:
    text = json.dumps(GOOD).encode()
    calls.answers["Invoke"] = lambda _: accepted(Payload=StreamingBody(BytesIO(text[:20]), len(text)))
    with pytest.raises(Unavailable):
        inspector.inspect(Inspection())


def test_a_function_that_takes_too_long_is_unavailable() -> None:
    def invoke(**_: Any) -> Any:
        raise ReadTimeoutError(endpoint_url="https://lambda")

    client: Any = SimpleNamespace(invoke=invoke)
    with pytest.raises(Unavailable):
        Inspector(lambda: client, ARN).inspect(Inspection())


@pytest.mark.parametrize("code", ["AccessDeniedException", "ResourceNotFoundException"])
def test_what_is_wrong_with_the_release_is_not_hidden(inspector: Inspector, calls: Calls, code: str) -> None:
    calls.answers["Invoke"] = lambda _: refused(code, 403)
    with pytest.raises(ClientError):
        inspector.inspect(Inspection())


def test_two_tries_end_before_anybody_who_waits_gives_up() -> None:
    config: Any = inspection.client().meta.config
    assert config.retries["total_max_attempts"] * (config.connect_timeout + config.read_timeout) <= 11
    inspection.client.cache_clear()
