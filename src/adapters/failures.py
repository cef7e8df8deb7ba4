"""Which AWS failures may pass by themselves: throttling, timeouts and faults on their side."""

from collections.abc import Iterator
from contextlib import contextmanager

from botocore import exceptions

from quiz.errors import Unavailable

_PASSING = {
    "InternalFailure",
    "InternalServerError",
    "LimitExceededException",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "ServiceUnavailable",
    "Throttling",
    "ThrottledException",
    "ThrottlingException",
    "TooManyRequestsException",
    "TransactionConflictException",
    "TransactionInProgressException",
}


@contextmanager
def as_unavailable() -> Iterator[None]:
    """Turn what may succeed later into Unavailable; let everything else through as it is."""
    try:
        yield
    except (exceptions.ConnectionError, exceptions.HTTPClientError) as error:
        raise Unavailable(type(error).__name__) from error
    except exceptions.ClientError as error:
        code = error.response["Error"]["Code"]
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        if code not in _PASSING and status < 500:
            raise
        raise Unavailable(code) from error
