"""An environment whose services answer what a test says."""

from collections.abc import Mapping
from typing import Any

from tools.deployed import Deployed
from tools.doctor.clinic import Clinic
from tools.doctor.report import Area, Urgency

ACCOUNT = "123456789012"
KNOWN = {
    "event_bus_name": "quiz-staging",
    "region": "eu-central-1",
    "alerts_topic_arn": f"arn:aws:sns:eu-central-1:{ACCOUNT}:quiz-staging-alerts",
    "functions": {"submissions": "quiz-staging-submissions"},
    "tables": {"games": "quiz-staging-games"},
    "dead_letters": {
        "submissions": {
            "url": "https://sqs/quiz-staging-submissions-dlq.fifo",
            "arn": "arn:dlq",
            "source_url": "https://sqs/quiz-staging-submissions.fifo",
            "source_arn": "arn:source",
        }
    },
}


class Service:
    """Answers each operation with what it was given; an exception is raised, a function is called."""

    def __init__(self, **answers: Any) -> None:
        self._answers = answers

    def __getattr__(self, operation: str) -> Any:
        if operation not in self._answers:
            raise AttributeError(operation)
        answer = self._answers[operation]

        def call(**asked: Any) -> Any:
            if isinstance(answer, Exception):
                raise answer
            return answer(**asked) if callable(answer) else answer

        return call

    def get_paginator(self, operation: str) -> Any:
        """Everything on one page."""
        return Service(paginate=lambda **asked: [getattr(self, operation)(**asked)])


def clinic(
    known: Mapping[str, Any] | None = None, name: str = "staging", functions: Service | None = None, **services: Service
) -> Clinic:
    """The environment; services that are not named answer nothing. `functions` is Lambda, which is a word of Python."""
    return Clinic(Deployed(name, {**KNOWN, **(known or {})}), {"lambda": functions or Service(), **services})


def said(area: Area) -> list[tuple[Urgency, str]]:
    """What is wrong in an area, and how urgent it is."""
    return [(problem.urgency, problem.what) for problem in area.problems]
