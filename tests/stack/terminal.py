"""A shell that a reader of the documents would sit at: what one block sets, the next one knows."""

import os
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Self

from tools.paths import LOCAL, ROOT

_SECONDS = 120
# `terraform output` of the local stack: its state is in the emulator, and what it puts out in a file.
_TERRAFORM = """#!/bin/sh
test "$1" = output || exit 1
shift
raw=; [ "$1" = -raw ] && raw=-r
[ "$1" = -raw ] || [ "$1" = -json ] && shift
exec jq $raw ".$1" .local/outputs.json
"""
_AWS = f"""#!/bin/sh
PYTHONPATH={ROOT} exec {sys.executable} -m tests.stack.aws_cli "$@"
"""


class Terminal:
    """Bash in a folder of its own, where `.local` is the stack's and `aws` is there in any case."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / ".local").symlink_to(LOCAL)
        programs = {"terraform": _TERRAFORM} | ({} if _has_cli() else {"aws": _AWS})
        (folder / "bin").mkdir()
        for name, text in programs.items():
            (folder / "bin" / name).write_text(text)
            (folder / "bin" / name).chmod(0o755)
        kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        self._bash = subprocess.Popen(
            ["bash", "--norc", "--noprofile"],
            cwd=folder,
            env={**kept, "PATH": f"{folder / 'bin'}:{kept['PATH']}", "AWS_PAGER": "", "LC_ALL": "C.UTF-8"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._bash.kill()
        self._bash.communicate()

    def type(self, text: str) -> tuple[str, int]:
        """What a command said, and how it ended."""
        assert self._bash.stdin
        assert self._bash.stdout
        (self.folder / "typed.sh").write_text(text + "\n", encoding="utf-8")
        self._bash.stdin.write('. ./typed.sh </dev/null; printf "\\n--- %s\\n" $?\n')
        self._bash.stdin.flush()
        watchdog = threading.Timer(_SECONDS, self._bash.kill)
        watchdog.start()
        said: list[str] = []
        for line in self._bash.stdout:
            if ended := re.fullmatch(r"--- (\d+)\n", line):
                watchdog.cancel()
                return "".join(said), int(ended[1])
            said.append(line)
        raise AssertionError(f"the shell ended, or took more than {_SECONDS} s:\n{text}\n{''.join(said)}")


def _has_cli() -> bool:
    """Whether there is the AWS CLI 2; version 1 does not read the addresses and the region that a reader sets."""
    there = shutil.which("aws")
    if there is None:
        return False
    told = subprocess.run([there, "--version"], capture_output=True, text=True, check=False)
    return told.stdout.startswith("aws-cli/2")


def statements(text: str) -> list[str]:
    """The commands of a block, one after the other."""
    found, waiting = [], ""
    for line in text.splitlines():
        waiting += f"{line}\n"
        if not line.endswith("\\") and _is_whole(waiting):
            found.append(waiting.strip())
            waiting = ""
    assert not waiting, f"this never ends: {waiting}"
    return [one for one in found if one]


def _is_whole(text: str) -> bool:
    done = subprocess.run(["bash", "-n"], input=text, text=True, capture_output=True, check=False)
    return done.returncode == 0 and not done.stderr
