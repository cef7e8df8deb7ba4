"""One of those that are compared, in a process of its own: nothing of it is left behind, nor of another in it."""

import gc
import logging
import multiprocessing
import os
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

from tools.bench.operations.asked import Counted, Operation
from tools.bench.operations.network import Network
from tools.bench.operations.redis_calls import counted
from tools.cost.measure.place import Context
from tools.machine import hold_to_one_core

# Gives the operations, one after the other, over a network that is installed and the Redis at a port.
Operations = Callable[[Network, int], Iterator[Operation | Counted]]


class Spent(NamedTuple):
    """CPU seconds of so many invocations."""

    seconds: float
    times: int


class Side:
    """The other end of the process: the next operation, and its time as often as it is asked for."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next(self) -> Counted | None:
        """The next operation, recorded and counted; None after the last."""
        self._connection.send(None)
        found = self._received()
        return found if isinstance(found, Counted) else None

    def spent(self, times: int) -> Spent:
        """The CPU time of repeating the last event of the operation so often, with the network answered at once."""
        self._connection.send(times)
        found: Spent = self._received()
        return found

    def _received(self) -> Any:
        found = self._connection.recv()
        if isinstance(found, str):
            raise RuntimeError(found)
        return found


@contextmanager
def side(operations: Operations, redis_port: int) -> Iterator[Side]:
    """Start it; it ends with the block."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(operations, redis_port, there), daemon=True)
    process.start()
    there.close()
    try:
        yield Side(here)
    finally:
        process.terminate()
        process.join()


def _serve(operations: Operations, redis_port: int, connection: Connection) -> None:
    _redirect()
    hold_to_one_core()
    network = Network()
    network.install()
    try:
        connection.recv()
        for operation in operations(network, redis_port):
            connection.send(operation if isinstance(operation, Counted) else _counted(operation, network))
            while (times := connection.recv()) is not None:
                connection.send(_spent(operation, network, times))
        connection.send(())
    except EOFError:
        return
    except BaseException:  # noqa: BLE001  # whoever waits for an answer gets one
        connection.send(traceback.format_exc())


def _redirect() -> None:
    """What Lambda would take is written, and read by nobody; where code has no handler of its own, in Lambda's form."""
    sys.stdout = open(os.devnull, "w", buffering=1, encoding="utf-8")  # noqa: SIM115, PTH123
    logging.basicConfig(stream=sys.stdout, format="[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(message)s\n")


_last: dict[str, Any] = {}


def _counted(operation: Operation, network: Network) -> Counted:
    aws, redis, troubles = [], [], []
    for number in range(operation.warm + operation.times):
        with network.unnoticed():
            event = _last["event"] = operation.event()
        network.calls.clear()
        commands: Counter[str] = Counter()
        with counted(commands):
            trouble = _trouble(operation, event, network)
        if number >= operation.warm:
            aws.append(dict(network.calls))
            redis.append(dict(commands))
            troubles += [trouble] if trouble else []
    return Counted(operation.name, tuple(aws), tuple(redis), troubles[0] if troubles else "")


def _trouble(operation: Operation, event: Any, network: Network) -> str:
    try:
        return operation.trouble(operation.handler(event, Context()), network.calls)
    except Exception as error:  # noqa: BLE001  # a fair answer of code that is measured
        return f"{type(error).__name__}: {error}"


def _spent(operation: Any, network: Network, times: int) -> Spent:
    event, context, response = _last["event"], Context(), None
    network.plays_back = True
    gc.collect()
    gc.freeze()
    try:
        begun = time.process_time()
        for _ in range(times):
            response = operation.handler(event, context)
        spent = Spent(time.process_time() - begun, times)
    finally:
        network.plays_back = False
    # The calls are still those that were counted.
    if trouble := operation.trouble(response, network.calls) or ", ".join(network.unheard):
        raise AssertionError(f"{operation.name}, played back: {trouble}")
    return spent
