"""How much memory the processes of our functions, the emulator and Redis hold, read again and again."""

import time
from collections import defaultdict
from threading import Event
from typing import Any, NamedTuple

import psutil
import redis

from tools.stack import emulator, processes


class Reading(NamedTuple):
    """In bytes. Of each function the oldest process, which is asked first and so has worked most."""

    at: float
    functions: dict[str, int]
    workers: int
    emulator: int
    redis_beside_boards: int
    redis_boards: int
    keys_for_ever: int


class Readings:
    """Takes readings until it is told to stop."""

    def __init__(self, redis_url: str, every: float) -> None:
        server = processes.running(emulator.NAME)
        assert server is not None, "the emulator is not one of this checkout's"
        self._emulator = psutil.Process(server.pid)
        self._redis: Any = redis.Redis.from_url(redis_url, socket_timeout=10)
        self._every = every
        self._names: dict[tuple[int, float], str] = {}
        self.taken: list[Reading] = []

    def take(self, stop: Event) -> None:
        """One reading after the other, and one at the end."""
        while True:
            stopped = stop.wait(self._every)
            self.taken.append(self._reading())
            if stopped:
                self._redis.close()
                return

    def _reading(self) -> Reading:
        workers = self._workers()
        oldest = {name: min(ages)[1] for name, ages in workers.items()}
        number = sum(map(len, workers.values()))
        return Reading(time.monotonic(), oldest, number, self._emulator.memory_info().rss, *self._of_redis())

    def _workers(self) -> dict[str, list[tuple[float, int]]]:
        """Of each function, since when its processes run and what they hold."""
        found: dict[str, list[tuple[float, int]]] = defaultdict(list)
        for process in self._emulator.children(recursive=True):
            try:
                if name := self._function(process):
                    found[name].append((process.create_time(), process.memory_info().rss))
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                continue
        return found

    def _function(self, process: psutil.Process) -> str:
        """Which function a process runs; of a process that is only being started nothing is known yet."""
        key = process.pid, process.create_time()
        if key not in self._names:
            if not any(part.endswith("_worker.py") for part in process.cmdline()):
                return ""
            self._names[key] = process.environ().get("AWS_LAMBDA_FUNCTION_NAME", "")
        return self._names[key]

    def _of_redis(self) -> tuple[int, int, int]:
        """Bytes beside the boards, bytes of the boards, and how many keys would stay for ever."""
        self._redis.memory_purge()
        used = int(self._redis.info("memory")["used_memory"])
        sizes, lives = [], []
        for key in self._redis.scan_iter(count=1000):
            sizes.append(int(self._redis.memory_usage(key, samples=0) or 0))
            lives.append(self._redis.ttl(key))
        return used - sum(sizes), sum(sizes), lives.count(-1)
