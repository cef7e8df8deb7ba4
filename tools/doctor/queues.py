"""Queues that functions work on, and what was set aside of them."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from quiz.operations.checks import MOST_IN_FLIGHT
from tools.dlq.boxes import Counts, count
from tools.doctor.clinic import Clinic, side_by_side
from tools.doctor.report import Area, Problem, Urgency, runbook, some_of

_LOOKED_BACK = timedelta(minutes=15)
_PAGES = {
    "alerts": "alerts-undelivered",
    "jobs": "jobs-dead-letters",
    "submissions": "submissions-dead-letters",
    "triggers": "triggers-dead-letters",
}


def queues(clinic: Clinic) -> Area:
    """How much waits in each, and since when."""
    urls = {name: box["source_url"] for name, box in _boxes(clinic).items() if box["source_url"]}
    healthy, ages = clinic.thresholds(), _ages(clinic, urls)
    problems: list[Problem] = []
    told: dict[str, Any] = {}
    for name, answer in zip(urls, _counted(clinic, urls), strict=True):
        page = runbook(f"{name}-late")
        if not isinstance(answer, Counts):
            problems.append(Problem(Urgency.NO_ANSWER, f"the queue {name} cannot be looked at: {answer}", runbook=page))
            continue
        age = ages.get(name)
        told[name] = {"waiting": answer.visible, "in_flight": answer.hidden, "oldest_seconds": age}
        look = f"aws sqs get-queue-attributes --attribute-names All --queue-url {urls[name]}"
        if age is not None and age > healthy.oldest_seconds:
            problems.append(Problem(Urgency.QUEUE, f"{name}: the oldest waits for {age / 60:.0f} minutes", look, page))
        if answer.visible > healthy.waiting:
            backlog = runbook(f"{name}-backlog") or page
            problems.append(Problem(Urgency.QUEUE, f"{name}: {answer.visible:,} messages wait", look, backlog))
        if 100 * answer.hidden / MOST_IN_FLIGHT > healthy.in_flight_percent:
            full = f"{name}: {answer.hidden:,} messages are in flight, of {MOST_IN_FLIGHT:,} that may be"
            problems.append(Problem(Urgency.QUEUE, full, look, page))
    summary = ", ".join(_depth(name, found) for name, found in told.items())
    return Area("queues", summary or "none", tuple(problems), told)


def dead_letters(clinic: Clinic) -> Area:
    """Whether somebody has to look."""
    boxes, most = _boxes(clinic), clinic.thresholds().dead_letters
    problems: list[Problem] = []
    told: dict[str, int] = {}
    for name, answer in zip(boxes, _counted(clinic, {name: box["url"] for name, box in boxes.items()}), strict=True):
        page = runbook(_PAGES.get(name, f"{name}-failures-not-empty"))
        if not isinstance(answer, Counts):
            problems.append(Problem(Urgency.NO_ANSWER, f"the box {name} cannot be looked at: {answer}", runbook=page))
            continue
        told[name] = answer.all
        if answer.all > most:
            command = f"python -m tools.dlq explain {name} --env {clinic.name}"
            problems.append(
                Problem(Urgency.DEAD_LETTERS, f"{some_of(answer.all, 'message')} set aside in {name}", command, page)
            )
    full = {name: number for name, number in told.items() if number}
    summary = ", ".join(f"{number} in {name}" for name, number in full.items()) or f"{len(told)} boxes, all empty"
    return Area("dead letters", summary, tuple(problems), told)


def _boxes(clinic: Clinic) -> Mapping[str, Mapping[str, str]]:
    known: Mapping[str, Mapping[str, str]] = clinic.deployed.output("dead_letters")
    return known


def _counted(clinic: Clinic, urls: Mapping[str, str]) -> list[Any]:
    return list(side_by_side(lambda url: count(clinic.clients["sqs"], url), urls.values()))


def _depth(name: str, found: Mapping[str, Any]) -> str:
    in_flight = f" + {found['in_flight']} in work" if found["in_flight"] else ""
    return f"{name} {found['waiting']}{in_flight}"


def _ages(clinic: Clinic, urls: Mapping[str, str]) -> dict[str, float]:
    """Seconds of the oldest message; a queue that CloudWatch says nothing of has none, or was made a moment ago."""
    names = list(urls)
    if not names:
        return {}
    queries = [
        {
            "Id": f"q{number}",
            "MetricStat": {
                "Metric": {
                    "Namespace": "AWS/SQS",
                    "MetricName": "ApproximateAgeOfOldestMessage",
                    "Dimensions": [{"Name": "QueueName", "Value": urls[name].rsplit("/", 1)[1]}],
                },
                "Period": 60,
                "Stat": "Maximum",
            },
        }
        for number, name in enumerate(names)
    ]
    now = datetime.now(UTC)
    try:
        answer = clinic.clients["cloudwatch"].get_metric_data(
            MetricDataQueries=queries, StartTime=now - _LOOKED_BACK, EndTime=now, ScanBy="TimestampDescending"
        )
    except (BotoCoreError, ClientError):
        # How much waits is worth something without it, and that CloudWatch does not answer is said with the alarms.
        return {}
    return {names[int(one["Id"][1:])]: one["Values"][0] for one in answer["MetricDataResults"] if one["Values"]}
