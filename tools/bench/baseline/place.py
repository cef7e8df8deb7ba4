"""What every pillar of an original needs to be asked."""

import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from unittest.mock import patch

from tools.bench.baseline.loading import Handler, Original
from tools.bench.operations.network import Network


class Place(NamedTuple):
    """The original, the network that it is measured over, and the port of Redis."""

    original: Original
    network: Network
    redis_port: int

    @contextmanager
    def loaded(self, name: str, function: str = "handler", **variables: str) -> Iterator[Handler]:
        """A handler in its own environment variables; one that cannot even be loaded raises as it is invoked."""
        with patch.dict(os.environ, variables):
            try:
                handler = self.original.handler(name, function)
            except Exception as error:  # noqa: BLE001  # a fair answer of code that is measured
                handler = _failing(error)
            yield handler


def _failing(error: Exception) -> Handler:
    def handler(_: dict[str, Any], __: Any) -> Any:
        raise error

    return handler


def answered(response: Any, _: Counter[str]) -> str:
    """Anything but an error; what they tell of one is in its body."""
    status = response.get("statusCode", 200)
    if status < 400:
        return ""
    told = json.loads(response.get("body", "{}"))
    return f"{status}: {told.get('message') or told.get('error')}"
