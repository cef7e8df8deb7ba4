"""A process that has imported everything, and forks a worker when asked: a kill must not cost a second.

    python -m tests.proofs.campaigns.delivering.zygote ENDPOINT [SABOTAGE]

It reads `fork NAME` and `bury PID`, and answers `born NAME PID` and `died PID SIGNAL`. A worker's process id stays
its own until it is buried, so a kill never hits another process.
"""

import gc
import os
import signal
import sys
import traceback
from http.client import HTTPException

from adapters import clients
from tests.proofs.campaigns.delivering.sabotage import SABOTAGE
from tests.proofs.campaigns.delivering.worker import work


def main(endpoint: str, sabotage: str = "") -> None:
    """Serve until the input ends, then take all workers along."""
    _warm()
    if sabotage:
        SABOTAGE[sabotage]()
    alive: set[int] = set()
    for line in sys.stdin:
        command, _, argument = line.strip().partition(" ")
        if command == "fork":
            pid = os.fork()
            if not pid:
                _live(endpoint, argument)
            alive.add(pid)
            _say(f"born {argument} {pid}")
        else:
            _say(f"died {argument} {_bury(int(argument))}")
            alive.discard(int(argument))
    for pid in alive:
        os.kill(pid, signal.SIGKILL)
        _bury(pid)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _warm() -> None:
    """Read what botocore reads from files; every worker still makes its own clients."""
    for service in ("dynamodb", "sqs"):
        clients._session().create_client(service)
    gc.collect()
    gc.freeze()


def _live(endpoint: str, name: str) -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    try:
        work(endpoint, name)
    except (OSError, HTTPException):
        # The campaign is over.
        os._exit(0)
    except BaseException:  # noqa: BLE001  # nothing may come out of a fork
        traceback.print_exc()
    os._exit(1)


def _bury(pid: int) -> int:
    """The signal that it died of; 0 if of none."""
    _, status = os.waitpid(pid, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


if __name__ == "__main__":
    main(*sys.argv[1:])
