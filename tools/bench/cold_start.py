"""How long a fresh process takes from its start to the first response, against the least that any function needs."""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tools import package
from tools.bench.starting import original, program
from tools.bench.starting.firsts import First, firsts
from tools.leaderboard import scratch
from tools.report import Row, Section

MOST_TIMES_THE_FLOOR = 1.5
MOST_OF_THE_BASELINE = 0.6

_RUNS = 9

# What does the work of the original `quiz_processor`.
_COUNTERPART = "handlers.queue.submissions.handler"

# Enough for the handlers to set themselves up.
VARIABLES = {
    "ALERTS_TABLE": "none",
    "ALERTS_TOPIC_ARN": "none",
    "ANALYTICS_TABLE": "none",
    "ANNOUNCEMENTS_TABLE": "none",
    "AWS_ACCESS_KEY_ID": "none",
    "AWS_SECRET_ACCESS_KEY": "none",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_REGION": "us-east-1",
    "CONNECTIONS_TABLE": "none",
    "DASHBOARD_URL": "none",
    "DEAD_LETTER_QUEUE_URL": "none",
    "ENVIRONMENT": "none",
    "EVENT_BUS_NAME": "none",
    "GAMES_TABLE": "none",
    "JOBS_QUEUE_URL": "none",
    "LEADERBOARD_FUNCTION": "none",
    "MEDIA_BUCKET": "none",
    "NAME_PREFIX": "none",
    "NOTICES_TOPIC_ARN": "none",
    "PARTICIPANTS_TABLE": "none",
    "PROGRESS_TABLE": "none",
    "POWERTOOLS_SERVICE_NAME": "bench",
    "POWERTOOLS_TRACE_DISABLED": "true",
    "QUESTIONS_TABLE": "none",
    "QUIZZES_TABLE": "none",
    "REDIS_HOST": "none",
    "REQUESTS_TABLE": "none",
    "RESULTS_BUCKET": "none",
    "RESULTS_TABLE": "none",
    "RUNBOOK_URL": "none",
    "SUBMISSIONS_QUEUE_URL": "none",
    "SUBMISSIONS_TABLE": "none",
    "TRIGGERS_QUEUE_URL": "none",
    "WEBSOCKET_API_ID": "none",
    "WEBSOCKET_STAGE": "none",
    "WINNERS_TOPIC_ARN": "none",
}

_ABOUT = f"""Each function starts in a fresh process from its unpacked zip, built for this machine, imports its handler
and answers a first real event: a submission, a request, a changed row, an alarm. The time ends with its response. The
network is answered at once inside the process, below botocore, so that serialising, signing and parsing are paid for;
Redis is a real one on this machine. The floor is the interpreter, botocore and one DynamoDB client out of such a
package. `quiz_processor` is the original with its repair, and boto3 and aws_xray_sdk beside it as pip installs and
compiles them; it gets the same submission as ours, which does its work and is therefore held to a part of its time.
All take turns, {_RUNS} times, and medians are shown. A start waits for nothing, so the ratios are those of CPU time,
which does not grow when others use the machine; the wall clock stands beside it."""


class Spent(NamedTuple):
    """Milliseconds of one process, from its start to its end."""

    cpu: float
    wall: float


Program = Callable[[], Spent]


def sections(against: Path | None) -> list[Section]:
    """One row for each function."""
    with _programs(against) as programs:
        for run in programs.values():
            run()
        rounds = [{name: run() for name, run in programs.items()} for _ in range(_RUNS)]
    spent = {name: _median([one[name] for one in rounds]) for name in programs}
    columns = ("function", "first response", "CPU", "times the floor", "bound", "of `quiz_processor`", "bound")
    return [Section("Cold start", _ABOUT, columns, tuple(rows(spent)))]


def rows(spent: Mapping[str, Spent]) -> Iterator[Row]:
    """The table, out of what the floor, the baseline if there is one, and every function need."""
    floor, baseline = spent["floor"], spent.get("baseline")
    for name, one in spent.items():
        shown = (_name(name), f"{one.wall:.0f} ms", f"{one.cpu:.0f} ms")
        if name in ("floor", "baseline"):
            yield Row((*shown, f"{one.cpu / floor.cpu:.2f}", "", "", ""))
            continue
        times, part = one.cpu / floor.cpu, one.cpu / baseline.cpu if baseline else None
        # The others do other work.
        most = MOST_OF_THE_BASELINE if part is not None and name == _COUNTERPART else None
        holds = times <= MOST_TIMES_THE_FLOOR and (part is None or most is None or part <= most)
        compared = (f"{part:.2f}" if part else "", f"≤ {most}" if most else "")
        yield Row((*shown, f"{times:.2f}", f"≤ {MOST_TIMES_THE_FLOOR}", *compared), holds)


@contextmanager
def _programs(against: Path | None) -> Iterator[dict[str, Program]]:
    """What is run, by entry; the floor comes first and the baseline second."""
    with tempfile.TemporaryDirectory() as folder, scratch.server() as redis_port:
        home = Path(folder)
        for built in package.build("local", out=home / "zips"):
            zipfile.ZipFile(built.path).extractall(home / built.name)
        redis = {"REDIS_HOST": "127.0.0.1", "REDIS_PORT": str(redis_port)}
        programs = {"floor": _program(program.floor(home / "queue"), {})}
        if against is not None:
            submission = firsts()[_COUNTERPART]
            original.install(against, home / "original")
            programs["baseline"] = _started(home / "original", original.ENTRY, submission, original.VARIABLES)
        for entry, first in firsts().items():
            programs[entry] = _started(home / entry.split(".")[1], entry, first, redis)
        yield programs


def _started(folder: Path, entry: str, first: First, variables: Mapping[str, str]) -> Program:
    script = program.first(folder, entry, first.event, first.answers, first.url)
    return _program(script, {**variables, **first.variables})


def _program(script: str, variables: Mapping[str, str]) -> Program:
    environment = {"PATH": os.environ["PATH"], **VARIABLES, **variables}

    def run() -> Spent:
        before, begun = _cpu_of_children(), time.perf_counter()
        command = [sys.executable, "-I", "-S", "-c", script]
        ended = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
        if ended.returncode:
            raise AssertionError(ended.stderr)
        return Spent(1000 * (_cpu_of_children() - before), 1000 * (time.perf_counter() - begun))

    return run


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _median(several: Sequence[Spent]) -> Spent:
    return Spent(statistics.median(one.cpu for one in several), statistics.median(one.wall for one in several))


def _name(entry: str) -> str:
    known = {"floor": "the floor", "baseline": "`quiz_processor`, repaired"}
    return known.get(entry, entry.removeprefix("handlers.").removesuffix(".handler"))
