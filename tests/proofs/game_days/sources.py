"""Where the readings of a day come from. Each source is asked once in a while, and tells what is new."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from tests.proofs.game_days.readings import Reading, of_lines, reading
from tests.stack.support import Stack, eventually

T = TypeVar("T")
Source = Callable[[], Iterable[Reading]]

_WAITING, _IN_FLIGHT = "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"


class Log:
    """What a deployed function logs from now on."""

    def __init__(self, stack: Stack, function: str) -> None:
        self._logs = stack.client("logs")
        self._function = stack.known["functions"][function]
        self._since = int(time.time() * 1000)
        self._told: Counter[str] = Counter()

    def __call__(self) -> list[Reading]:
        lines = self.lines()
        # The emulator gives no ids to lines; it writes those of an invocation at once.
        new = [line for line, number in Counter(lines).items() for _ in range(number - self._told[line])]
        self._told = Counter(lines)
        return list(of_lines(self._function, new))

    def lines(self) -> list[str]:
        """All of it."""
        group = f"/aws/lambda/{self._function}"
        try:
            pages = self._logs.get_paginator("filter_log_events").paginate(logGroupName=group, startTime=self._since)
            return [event["message"] for page in pages for event in page["events"]]
        except self._logs.exceptions.ResourceNotFoundException:
            return []

    def follow(self, call: Callable[[], T]) -> T:
        """Make a call that the function works on, and wait until it has logged what it did."""
        before = self._reports()
        answer = call()
        eventually(self._reports, lambda number: number > before)
        return answer

    def _reports(self) -> int:
        return sum(line.startswith("REPORT ") for line in self.lines())


class Queue:
    """A queue as SQS tells CloudWatch of it every minute: how many messages wait in it."""

    def __init__(self, stack: Stack, url: str) -> None:
        self._sqs = stack.sqs
        self._url = url

    def __call__(self) -> list[Reading]:
        return [reading("AWS/SQS", "ApproximateNumberOfMessagesVisible", self.waiting(), QueueName=self.name)]

    @property
    def name(self) -> str:
        return self._url.rpartition("/")[2]

    def waiting(self) -> int:
        """Messages that nobody is working on."""
        names = [_WAITING, _IN_FLIGHT]
        found: Any = self._sqs.get_queue_attributes(QueueUrl=self._url, AttributeNames=names)["Attributes"]
        return int(found[_WAITING])


class Invoked:
    """A deployed function that a day invokes as a schedule or a stream would, and waits for."""

    def __init__(self, stack: Stack, function: str) -> None:
        self.log = Log(stack, function)
        self._lambda = stack.client("lambda")
        self._name = f"{stack.known['functions'][function]}:live"

    def __call__(self, event: Mapping[str, Any] | None = None) -> Any:
        payload = json.dumps(event or {})
        answer = self.log.follow(lambda: self._lambda.invoke(FunctionName=self._name, Payload=payload))
        return json.load(answer["Payload"])
