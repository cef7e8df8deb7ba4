"""Whoever ends the tool at any moment loses nothing: the same command once more, and each submission is stored once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import count

import pytest

from tests.proofs.dead_letters.conftest import Dlq
from tests.proofs.dead_letters.school import School
from tests.proofs.faults import Killed
from tests.proofs.live.calls import Calls, Crash
from tools.dlq import boxes, moving
from tools.paths import ROOT

STUDENTS = 7
COMMANDS = {
    "all": ("redrive", "submissions", "--one-by-one", "--yes"),
    "corrected": ("redrive", "submissions", "--edit", "quiz_id=quiz", "--yes"),
}


@pytest.fixture
def set_aside(school: School, monkeypatch: pytest.MonkeyPatch) -> School:
    """Two submissions of each student; what a killed tool held is seen again at once, and not after five minutes."""
    monkeypatch.setattr(boxes, "HIDDEN_SECONDS", 0)
    _set_aside(school, "student")
    return school


def _set_aside(school: School, name: str) -> None:
    for number in range(STUDENTS):
        for attempt in (1, 2):
            school.give_up_on(f"{name}-{number}", attempt)


def _come_to_rest(school: School, run: Callable[[], int]) -> None:
    """Once more, in peace, until everything that was hidden has been seen."""
    deadline = time.monotonic() + 20
    while sum(school.depth("submissions-dlq")):
        assert time.monotonic() < deadline
        run()
        time.sleep(0.1)
    school.work()


def _check(school: School, *names: str) -> None:
    students = [f"{name}-{number}" for name in names for number in range(STUDENTS)]
    assert school.stored() == sorted((student, f"attempt-{attempt}") for student in students for attempt in (1, 2))
    assert school.depth("submissions-dlq") == (0, 0)
    assert school.depth("submissions") == (0, 0)


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_killed_after_each_call(
    school: School, dlq: Dlq, calls: Calls, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boxes, "HIDDEN_SECONDS", 0)
    for number in count():
        _set_aside(school, f"class{number}")
        with calls.crashing(Crash(number)) as crash, suppress(Killed):
            dlq(*command)
        # What was sent may be scored before the tool is started again, or after that.
        if number % 2:
            school.work()
        _come_to_rest(school, lambda: dlq(*command))
        _check(school, *(f"class{one}" for one in range(number + 1)))
        if not crash.dead:
            break
    assert number >= len(("who", "how many", "receive", "send", "send", "delete")) * 2 - 2


def test_sqs_recognises_what_is_sent_again(set_aside: School, dlq: Dlq, calls: Calls) -> None:
    with calls.crashing(Crash(_first("SendMessageBatch"))), pytest.raises(Killed):
        dlq(*COMMANDS["all"])
    assert sum(set_aside.depth("submissions-dlq")) == 2 * STUDENTS
    assert sum(set_aside.depth("submissions")) > 0
    _come_to_rest(set_aside, lambda: dlq(*COMMANDS["all"]))
    _check(set_aside, "student")
    assert set(set_aside.processed.values()) == {1}


def test_after_five_minutes_the_result_is_recognised_instead(
    set_aside: School, dlq: Dlq, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    with calls.crashing(Crash(_first("SendMessageBatch"))), pytest.raises(Killed):
        dlq(*COMMANDS["all"])
    # By now SQS has forgotten the id, so it is as good as another one.
    numbers = count()
    monkeypatch.setattr(moving.Outgoing, "deduplication_id", property(lambda _: f"later-{next(numbers)}"))
    _come_to_rest(set_aside, lambda: dlq(*COMMANDS["all"]))
    _check(set_aside, "student")
    assert max(set_aside.processed.values()) == 2


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_signal_at_any_moment(school: School, number: signal.Signals) -> None:
    students: list[str] = []
    for pause in (0.0, 0.05):
        fresh = [f"student-{len(students) + position}" for position in range(60)]
        for student in fresh:
            school.give_up_on(student)
        students += fresh
        with _begin(school) as process:
            _wait_until_some_are_gone(school)
            time.sleep(pause)
            process.send_signal(number)
        if number is not signal.SIGKILL:
            # Or it had done everything, and was on its way out.
            assert process.returncode in (0, 1, -number)
            assert school.depth("submissions-dlq")[1] == 0, "a polite end releases what was held"
    _come_to_rest(school, lambda: _begin(school).wait())
    assert school.stored() == sorted((student, "attempt-1") for student in students)


def _first(operation: str) -> int:
    """Which call of a run it is: who calls, how many there are, and the first letters come before it."""
    return ["GetCallerIdentity", "GetQueueAttributes", "ReceiveMessage", "SendMessageBatch"].index(operation)


def _begin(school: School) -> "subprocess.Popen[bytes]":
    """The tool, in a process of its own."""
    code = (
        "import sys; from pathlib import Path\n"
        "from tools.dlq import audit, boxes, changing; from tools.stack import outputs\n"
        f"outputs.FILE = Path({str(school.place.outputs)!r})\n"
        f"audit.LOCAL = changing.LOCAL = Path({str(school.place.home)!r})\n"
        "boxes._WAIT_SECONDS, boxes.HIDDEN_SECONDS = 0, 1\n"
        "from tools.dlq.__main__ import main\n"
        f"sys.exit(main({list(COMMANDS['all'])!r}))"
    )
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    return subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)


def _wait_until_some_are_gone(school: School) -> None:
    before = sum(school.depth("submissions-dlq"))
    deadline = time.monotonic() + 20
    while sum(school.depth("submissions-dlq")) >= before:
        assert time.monotonic() < deadline
        time.sleep(0.002)
