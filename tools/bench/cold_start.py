"""How long a fresh process takes from its start to the first response, against the least that any function needs."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

_RUNS = 7

_FLOOR = """
import botocore.session
botocore.session.get_session().create_client({service!r}, region_name="us-east-1")
"""

_HANDLER = """
import importlib
module, function = {entry!r}.rsplit(".", 1)
class Context:
    aws_request_id = "cold"
    def get_remaining_time_in_millis(self): return 10_000
getattr(importlib.import_module(module), function)({event!r}, Context())
"""

# Enough for the handlers to set themselves up; nothing is ever called.
VARIABLES = {
    "ALERTS_TABLE": "none",
    "ALERTS_TOPIC_ARN": "none",
    "ANALYTICS_TABLE": "none",
    "ANNOUNCEMENTS_TABLE": "none",
    "AWS_ACCESS_KEY_ID": "none",
    "AWS_SECRET_ACCESS_KEY": "none",
    "AWS_DEFAULT_REGION": "us-east-1",
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
    "SUBMISSIONS_TABLE": "none",
    "TRIGGERS_QUEUE_URL": "none",
    "WINNERS_TOPIC_ARN": "none",
}


# No records for those that take records, and one plain request for the API.
_EVENT = {"Records": [], "routeKey": "GET /health", "requestContext": {"requestId": "cold"}}


def measure(package: Path, entry: str, service: str) -> tuple[float, float]:
    """Median seconds of the floor and of the handler, both from the same unpacked package, taken in turns."""
    with tempfile.TemporaryDirectory() as folder:
        zipfile.ZipFile(package).extractall(folder)
        runs = [
            (_time(_FLOOR.format(service=service), folder), _time(_HANDLER.format(entry=entry, event=_EVENT), folder))
            for _ in range(_RUNS)
        ]
    floors, handlers = zip(*runs, strict=True)
    return statistics.median(floors), statistics.median(handlers)


def _time(script: str, folder: str) -> float:
    begun = time.perf_counter()
    program = f"import sys; sys.path.insert(0, {folder!r})\n{script}"
    subprocess.run(
        [sys.executable, "-I", "-S", "-c", program],
        env={"PATH": os.environ["PATH"], **VARIABLES},
        check=True,
        capture_output=True,
    )
    return time.perf_counter() - begun
