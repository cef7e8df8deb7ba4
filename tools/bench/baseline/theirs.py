"""The operations that an implementation of the original handlers has, asked with the same events as ours."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest.mock import patch

from moto import mock_aws

from tools.bench.baseline import playing, queueing, tables, taking
from tools.bench.baseline.loading import Original
from tools.bench.baseline.place import Place
from tools.bench.operations.asked import Counted, Operation
from tools.bench.operations.network import Network
from tools.bench.operations.world import PLAYERS, SESSION_TOKEN, UNSAMPLED

_VARIABLES = {
    "AWS_ACCESS_KEY_ID": "none",
    "AWS_SECRET_ACCESS_KEY": "none",
    "AWS_SESSION_TOKEN": SESSION_TOKEN,
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
    "_X_AMZN_TRACE_ID": UNSAMPLED,
}


def as_written(folder: Path) -> "Theirs":
    """The handlers of the folder, as they are."""
    return Theirs(Original(folder, is_repaired=False))


def repaired(folder: Path) -> "Theirs":
    """The handlers of the folder, with the repairs."""
    return Theirs(Original(folder, is_repaired=True))


class Theirs:
    """Gives the operations in the order of the catalogue; X-Ray's SDK, which changes all others, comes last."""

    def __init__(self, original: Original) -> None:
        self._original = original

    def __call__(self, network: Network, redis_port: int) -> Iterator[Operation | Counted]:
        """Ask this of a side."""
        with _ready(redis_port):
            network.answer("apigatewaymanagementapi.PostToConnection", body=b"")
            with network.unnoticed():
                tables.furnish()
                tables.join(PLAYERS)
            place = Place(self._original, network, redis_port)
            yield from taking.operations(place)
            yield from playing.operations(place)
            yield from queueing.operations(place)


@contextmanager
def _ready(redis_port: int) -> Iterator[None]:
    with ExitStack() as stack:
        stack.enter_context(mock_aws())
        stack.enter_context(patch.dict(os.environ, {**_VARIABLES, "REDIS_PORT": str(redis_port)}))
        yield
