"""A function in a process of its own, with the settings of the deployed one: a world around it can be changed."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from tests.proofs.game_days.readings import Reading, of_lines
from tests.stack.support import Stack
from tools.paths import ROOT
from tools.stack import emulator


class Answer(NamedTuple):
    """What came of an invocation, and whether it went well: else Lambda counts an error."""

    well: bool
    result: Any = None


class Process:
    """One execution environment. What its role may do is not asked here: it is the stack's administrator."""

    def __init__(self, function: str, running: "subprocess.Popen[str]") -> None:
        self._function = function
        self._running = running
        self._new: list[str] = []
        self.lines: list[str] = []

    def invoke(self, event: Mapping[str, Any]) -> Answer:
        """Hand an event to the handler."""
        assert self._running.stdin
        assert self._running.stdout
        self._running.stdin.write(f"{json.dumps(event)}\n")
        self._running.stdin.flush()
        answer = Answer(well=False)
        for line in self._running.stdout:
            self.lines.append(line.rstrip("\n"))
            self._new.append(self.lines[-1])
            if line.startswith("RESULT "):
                answer = Answer(well=True, result=json.loads(line.removeprefix("RESULT ")))
            if line.startswith("REPORT "):
                return answer
        raise AssertionError("the function ended: " + "\n".join(self.lines[-20:]))

    def __call__(self) -> list[Reading]:
        """What was measured since the last time."""
        lines, self._new = self._new, []
        return list(of_lines(self._function, lines))


@contextmanager
def started(stack: Stack, function: str, module: str, **changes: str) -> Iterator[Process]:
    """The function whose handler is in the module, with these changes to its settings."""
    name = stack.known["functions"][function]
    deployed = stack.client("lambda").get_function_configuration(FunctionName=name, Qualifier="live")
    variables = {
        **emulator.without_aws(dict(os.environ)),
        **emulator.credentials(stack.known["endpoint_url"]),
        **deployed["Environment"]["Variables"],
        "AWS_DEFAULT_REGION": stack.known["region"],
        "AWS_LAMBDA_FUNCTION_NAME": name,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        **changes,
    }
    command = [sys.executable, "-m", "tests.proofs.game_days.runner", module]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, env=variables, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, text=True
    ) as running:
        try:
            yield Process(name, running)
        finally:
            running.kill()
