"""What passes by itself is told apart from what does not."""

from typing import Any

import pytest
from botocore import exceptions

from adapters.failures import as_unavailable
from quiz.errors import Unavailable

URL = "https://dynamodb.eu-central-1.amazonaws.com"


def _client_error(code: str, status: int) -> exceptions.ClientError:
    response: Any = {"Error": {"Code": code, "Message": "?"}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return exceptions.ClientError(response, "PutItem")


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("ThrottlingException", 400),
        ("ProvisionedThroughputExceededException", 400),
        ("RequestLimitExceeded", 400),
        ("LimitExceededException", 400),
        ("RequestThrottled", 403),
        ("TooManyRequestsException", 429),
        ("TransactionConflictException", 400),
        ("TransactionInProgressException", 400),
        ("InternalServerError", 500),
        ("InternalFailure", 500),
        ("ServiceUnavailable", 503),
        ("NeverHeardOfIt", 500),
        ("NeverHeardOfIt", 599),
    ],
)
def test_throttling_and_faults_on_their_side_may_pass(code: str, status: int) -> None:
    with pytest.raises(Unavailable, match=code) as raised, as_unavailable():
        raise _client_error(code, status)
    assert isinstance(raised.value.__cause__, exceptions.ClientError)


@pytest.mark.parametrize(
    "error",
    [
        exceptions.ReadTimeoutError(endpoint_url=URL),
        exceptions.ConnectTimeoutError(endpoint_url=URL),
        exceptions.EndpointConnectionError(endpoint_url=URL),
        exceptions.ConnectionClosedError(endpoint_url=URL),
        exceptions.SSLError(endpoint_url=URL, error=OSError()),
    ],
    ids=lambda error: type(error).__name__,
)
def test_trouble_on_the_way_may_pass(error: exceptions.BotoCoreError) -> None:
    with pytest.raises(Unavailable, match=type(error).__name__), as_unavailable():
        raise error


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("ConditionalCheckFailedException", 400),
        ("AccessDeniedException", 400),
        ("AccessDenied", 403),
        ("ValidationException", 400),
        ("ResourceNotFoundException", 400),
    ],
)
def test_what_would_fail_again_is_let_through_as_it_is(code: str, status: int) -> None:
    error = _client_error(code, status)
    with pytest.raises(exceptions.ClientError) as raised, as_unavailable():
        raise error
    assert raised.value is error


def test_a_mistake_of_ours_is_not_excused() -> None:
    with pytest.raises(ZeroDivisionError), as_unavailable():
        raise ZeroDivisionError


def test_success_passes_unchanged() -> None:
    with as_unavailable():
        result = "done"
    assert result == "done"
