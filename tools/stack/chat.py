"""Where the local stack tells its alerts: the webhook of a chat, whose messages are lines of JSON in `.local/chat.log`.

Its address lies in SSM, as that of a real chat does.
"""

import json
import os
import socket
import sys
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tools.paths import ROOT
from tools.stack.processes import Server, free_port, launch, running

NAME = "chat"
PARAMETER = "/quiz/local/chat-webhook"


def start() -> Server:
    """The running receiver."""
    if (server := running(NAME)) and _answers(server.port):
        return server
    port = free_port()
    return launch(
        NAME,
        [sys.executable, "-m", "tools.stack.chat", str(port)],
        {**os.environ, "PYTHONPATH": str(ROOT)},
        port,
        _answers,
    )


def introduce(ssm: Any, server: Server) -> None:
    """Put its address where the notify function looks for it."""
    address = f"http://127.0.0.1:{server.port}/"
    ssm.put_parameter(Name=PARAMETER, Value=address, Type="SecureString", Overwrite=True)


class _Receiver(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        """Take one message."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        text = json.loads(body)["text"]
        print(json.dumps({"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "text": text}), flush=True)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Nothing but messages is written."""


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), _Receiver).serve_forever()
