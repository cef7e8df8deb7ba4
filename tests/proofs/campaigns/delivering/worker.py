"""One execution environment: the function as shipped, in a process of its own, asking for one batch after another.

It knows of AWS what it knows in Lambda: addresses and credentials in the environment.
"""

import json
import os
import time
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from handlers.queue import submissions


class _Context:
    """The part of the Lambda context that handlers use."""

    function_name = "submissions"

    def __init__(self, number: int, seconds: float) -> None:
        self.aws_request_id = f"invocation-{number}"
        self._until = time.monotonic() + seconds

    def get_remaining_time_in_millis(self) -> int:
        return int((self._until - time.monotonic()) * 1000)


def work(endpoint: str, name: str) -> None:
    """Until it is killed, or nobody is there to ask any more."""
    os.environ["AWS_ENDPOINT_URL"] = f"{endpoint}/{name}"
    connection = HTTPConnection(urlsplit(endpoint).netloc)
    told: dict[str, Any] = {}
    while True:
        connection.request("POST", f"/{name}/next", json.dumps(told))
        job = json.loads(connection.getresponse().read())
        told = {"number": job["number"], **_outcome(job)}


def _outcome(job: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"response": submissions.handler(job["event"], _Context(job["number"], job["seconds"]))}
    except Exception as error:  # noqa: BLE001  # Lambda reports whatever it is, and keeps the environment
        return {"error": repr(error)}
