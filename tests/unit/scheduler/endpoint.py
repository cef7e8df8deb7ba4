"""An endpoint of WebSocket connections that answers as it is told, and remembers what it was sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any, NamedTuple
from urllib.parse import unquote

# In place of a status: close the line without an answer, close it after one, or say nothing until all is over.
HANG_UP, LAST_WORDS, SILENCE = -1, -2, -3


class Post(NamedTuple):
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def connection_id(self) -> str:
        return unquote(self.path.rpartition("/")[2])


class Endpoint:
    """Statuses by connection id; the last one stays. What is not named is answered 200, and a cut 204."""

    def __init__(self) -> None:
        self.url = ""
        self.posts: list[Post] = []
        self.statuses: dict[str, list[int]] = {}
        self.lines = 0
        self.over = Event()
        self._lock = Lock()

    def bodies(self) -> dict[str, bytes]:
        return {post.connection_id: post.body for post in self.posts if post.method == "POST"}

    def asked(self) -> list[tuple[str, str]]:
        return sorted((post.method, post.connection_id) for post in self.posts)

    def answer(self, post: Post) -> int:
        with self._lock:
            self.posts.append(post)
            left = self.statuses.get(post.connection_id, [])
            status = left.pop(0) if len(left) > 1 else next(iter(left), 200)
        return 204 if status == 200 and post.method == "DELETE" else status


class _Server(ThreadingHTTPServer):
    # All threads of a worker connect at once.
    request_queue_size = 128


@contextmanager
def serving() -> Iterator[Endpoint]:
    endpoint = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            super().setup()
            endpoint.lines += 1

        def log_message(self, *_: Any) -> None:
            pass

        def _respond(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status = endpoint.answer(Post(self.command, self.path, dict(self.headers), body))
            if status == SILENCE:
                endpoint.over.wait()
            self.close_connection = status < 0
            if status not in (HANG_UP, SILENCE):
                self.send_response(200 if status == LAST_WORDS else status)
                self.send_header("Content-Length", "0")
                self.end_headers()

        do_POST = do_DELETE = _respond  # noqa: N815  # the names that http.server looks for

    server = _Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = False
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    endpoint.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield endpoint
    finally:
        endpoint.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
