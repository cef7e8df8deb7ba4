"""A chat's webhook that answers as it is told, and remembers what it was sent."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

# In place of a status: say nothing until all is over, or close the line.
SILENCE, HANG_UP = -1, -2


class Hook:
    """Answers by path, each in turn; the last one stays. What is not named is answered 200."""

    def __init__(self) -> None:
        self.address = ""
        self.posts: list[tuple[str, dict[str, Any], dict[str, str]]] = []
        self.answers: dict[str, list[int]] = {}
        self.headers: dict[str, str] = {}
        self.over = Event()

    @property
    def texts(self) -> list[str]:
        """What was taken or not, in its order."""
        return [body["text"] for _, body, _ in self.posts]

    @property
    def paths(self) -> list[str]:
        return [path for path, _, _ in self.posts]

    def status(self, path: str) -> int:
        left = self.answers.get(path, [])
        return left.pop(0) if len(left) > 1 else next(iter(left), 200)


@contextmanager
def serving() -> Iterator[Hook]:
    hook = Hook()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            hook.posts.append((self.path, body, dict(self.headers)))
            status = hook.status(self.path)
            if status == SILENCE:
                hook.over.wait()
            if status > 0:
                self.send_response(status)
                for name, value in hook.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    hook.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield hook
    finally:
        hook.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
