"""A server that speaks just enough of Redis' protocol to misbehave in."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Answer = Callable[[list[str]], bytes | None]


class FakeRedis:
    """Answers every command by a function; None stays silent. Remembers commands and connections."""

    def __init__(self, answer: Answer) -> None:
        self.commands: list[list[str]] = []
        self.connections = 0
        self._answer = answer
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self.port: int = self._listening.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def close(self) -> None:
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._threads[0].join()
        for connection in self._open:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()
        for thread in self._threads[1:]:
            thread.join()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(connection)
            self._threads.append(threading.Thread(target=self._serve, args=(connection,)))
            self._threads[-1].start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError, ValueError), connection.makefile("rb") as lines:
            while header := lines.readline():
                command = []
                for _ in range(int(header[1:])):
                    size = int(lines.readline()[1:])
                    command.append(lines.read(size + 2)[:-2].decode())
                self.commands.append(command)
                if (reply := self._answer(command)) is not None:
                    connection.sendall(reply)


@contextmanager
def fake_redis(answer: Answer) -> Iterator[FakeRedis]:
    server = FakeRedis(answer)
    try:
        yield server
    finally:
        server.close()
