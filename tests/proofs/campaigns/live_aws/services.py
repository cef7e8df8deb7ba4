"""Has the clients of this process find the stand-in, whatever endpoint they were made for."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import count
from random import Random
from threading import Lock
from typing import Any

import pytest
from botocore.client import BaseClient
from botocore.validate import ParamValidator

from tests.proofs.campaigns.live_aws.database import Database
from tests.proofs.campaigns.live_aws.values import error
from tests.proofs.database_model import Unmodelled

# Nobody listens there: what is not taken up here is refused.
NOWHERE = "http://127.0.0.1:9"

# Every so many calls is checked against the service's own description.
_CHECKED = 50
_SETTING_UP = {"CreateTable", "DescribeStream", "DescribeTable", "GetRecords", "GetShardIterator"}


class Aws:
    """The services. `throttled` is the share of calls to the database that it refuses for now."""

    def __init__(self, seed: int) -> None:
        self.database = Database()
        self.throttled = 0.0
        self.calls: Counter[str] = Counter()
        self.refused = 0
        self._chance = Random(seed)
        self._files: dict[tuple[str, str], bytes] = {}
        self._numbers = count()
        self._lock = Lock()
        self._validator = ParamValidator()

    def call(self, client: Any, operation: str, wanted: Any) -> Any:
        """What a client's method returns or raises."""
        with self._lock:
            self.calls[operation] += 1
            is_checked = next(self._numbers) % _CHECKED == 0
            is_refused = operation not in _SETTING_UP and self._chance.random() < self.throttled
        if is_checked:
            self._check(client, operation, wanted)
        if operation not in self.database.operations:
            return self._other(operation, wanted)
        if is_refused:
            self.refused += 1
            raise error(operation, "ThrottlingException")
        return self.database.call(operation, wanted)

    def _check(self, client: Any, operation: str, wanted: Any) -> None:
        shape = client.meta.service_model.operation_model(operation).input_shape
        report = self._validator.validate(wanted, shape)
        if report.has_errors():
            raise Unmodelled(f"{operation} would not leave the client: {report.generate_report()}")

    def _other(self, operation: str, wanted: Any) -> Any:
        match operation:
            case "PutObject":
                body = wanted["Body"]
                self._files[wanted["Bucket"], wanted["Key"]] = body.encode() if isinstance(body, str) else bytes(body)
            case "GetObject":
                return {"Body": BytesIO(self._files[wanted["Bucket"], wanted["Key"]])}
            case "PutEvents":
                return {"FailedEntryCount": 0, "Entries": [{"EventId": "event"} for _ in wanted["Entries"]]}
            case "CreateBucket" | "CreateEventBus" | "CreateTopic" | "Publish":
                pass
            case _:
                raise Unmodelled(f"this model does not know {operation}")
        return {}


@contextmanager
def standing_in(seed: int) -> Iterator[Aws]:
    """Until the end nothing leaves the process for AWS."""
    aws = Aws(seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseClient, "_make_api_call", lambda *given: aws.call(*given))
        yield aws
