"""The worker processes, as the campaign sees them: born, given batches, killed, buried."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.proofs.campaigns.delivering.protocol import Request
from tests.proofs.campaigns.delivering.trouble import Trouble
from tests.proofs.fifo_model import Batch
from tools.paths import ROOT

_ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "eu-central-1",
    "AWS_EC2_METADATA_DISABLED": "true",
    "POWERTOOLS_SERVICE_NAME": "submissions",
    "PYTHONFAULTHANDLER": "1",
    "QUIZZES_TABLE": "quizzes",
    "QUESTIONS_TABLE": "questions",
    "SUBMISSIONS_TABLE": "submissions",
    "DEAD_LETTER_QUEUE_URL": "https://sqs.eu-central-1.amazonaws.com/000000000000/submissions-dead-letters.fifo",
    "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
}


@dataclass(eq=False)
class Worker:
    """One process, the batch that it works on, and what has gone wrong with that."""

    name: str
    pid: int
    alive: bool = True
    # The request with which it asks for a batch.
    asks: Request | None = None
    number: int = 0
    batch: Batch | None = None
    begun: float = 0.0
    fate: Trouble | None = None
    troubles: list[Trouble] = field(default_factory=list)
    timers: list[asyncio.TimerHandle] = field(default_factory=list)


class Workers:
    """All of them, and the zygote that they come from. `born` is told of each."""

    def __init__(self, born: Callable[[Worker], None]) -> None:
        self._born = born
        self._number = 0
        self.by_name: dict[str, Worker] = {}
        self.causes_of_death: Counter[int] = Counter()

    async def start(self, endpoint: str, number: int, sabotage: str) -> None:
        """Begin with so many."""
        arguments = ["-m", "tests.proofs.campaigns.delivering.zygote", endpoint, *([sabotage] if sabotage else [])]
        self._zygote: Process = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, stdin=PIPE, stdout=PIPE, env=_ENVIRONMENT, cwd=ROOT
        )
        self.gone = asyncio.create_task(self._listen())
        for _ in range(number):
            self._fork()

    async def stop(self) -> None:
        """Wait for what was killed to be buried, and end the rest."""
        assert self._zygote.stdin
        self._zygote.stdin.close()
        await self.gone
        await self._zygote.wait()

    def kill(self, worker: Worker) -> None:
        """SIGKILL, and another in its place."""
        os.kill(worker.pid, signal.SIGKILL)
        worker.alive = False
        self._tell(f"bury {worker.pid}")
        self._fork()

    def _fork(self) -> None:
        self._number += 1
        self._tell(f"fork {self._number}")

    def _tell(self, line: str) -> None:
        assert self._zygote.stdin
        self._zygote.stdin.write(f"{line}\n".encode())

    async def _listen(self) -> None:
        assert self._zygote.stdout
        async for line in self._zygote.stdout:
            match line.decode().split():
                case "born", name, pid:
                    self.by_name[name] = Worker(name, int(pid))
                    self._born(self.by_name[name])
                case "died", _, death:
                    self.causes_of_death[int(death)] += 1
