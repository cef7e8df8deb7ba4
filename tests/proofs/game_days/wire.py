"""Between a function and DynamoDB: hands on what is asked, or answers that there is too much of it."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from tests.proofs.game_days.readings import Reading, reading

_SECONDS = 30
_HOP = {"connection", "content-length", "transfer-encoding"}
_REFUSAL = {
    "__type": "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
    "message": "The level of configured provisioned throughput for the table was exceeded.",
}


class Wire:
    """Counts what it refuses, as DynamoDB tells CloudWatch of it."""

    def __init__(self, endpoint: str, table: str) -> None:
        self.url = ""
        self._endpoint = endpoint
        self._table = table
        self._throttles = False
        self._refused = 0

    @contextmanager
    def throttled(self) -> Iterator[None]:
        """Writes to the table are too many."""
        self._throttles = True
        try:
            yield
        finally:
            self._throttles = False

    def __call__(self) -> list[Reading]:
        refused, self._refused = self._refused, 0
        return [reading("AWS/DynamoDB", "WriteThrottleEvents", 1, TableName=self._table)] * refused

    def answer(self, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        """The answer to one request."""
        is_write = headers["X-Amz-Target"].endswith(".PutItem") and json.loads(body)["TableName"] == self._table
        if self._throttles and is_write:
            self._refused += 1
            return 400, json.dumps(_REFUSAL).encode()
        kept = {name: value for name, value in headers.items() if name.lower() not in _HOP}
        request = urllib.request.Request(self._endpoint, body, kept, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS) as response:
                return response.status, response.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()


@contextmanager
def laid(endpoint: str, table: str) -> Iterator[Wire]:
    """The wire to a table behind the endpoint."""
    wire = Wire(endpoint, table)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: Any) -> None:
            pass

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, content = wire.answer(dict(self.headers), body)
            self.send_response(status)
            self.send_header("Content-Type", "application/x-amz-json-1.0")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    wire.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield wire
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
