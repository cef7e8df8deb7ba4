"""The way of an alert: from an alarm through its pillar's page and the notify function to the chat and to people."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.stack.support import Stack, eventually, new_id
from tools.stack import chat
from tools.stack.processes import log_file

_REASON = (
    "Threshold Crossed: 1 out of the last 1 datapoints [3.0 (20/11/26 15:10:00)] was greater than the threshold (0.0) "
    "(minimum 1 datapoint for OK -> ALARM transition)."
)


class Told:
    """What the chat was told since the test began."""

    def __init__(self) -> None:
        self._heard_before = len(self._lines())

    def texts(self) -> list[str]:
        return [json.loads(line)["text"] for line in self._lines()[self._heard_before :]]

    def _lines(self) -> list[str]:
        return log_file(chat.NAME).read_text().splitlines()


@contextmanager
def _ringing(stack: Stack, alarm: str, told_as: str) -> Iterator[None]:
    """The alarm on, and off again. Only a change of state is news, and what was told lately is told in short."""
    cloudwatch = stack.client("cloudwatch")
    stack.dynamodb.delete_item(TableName=stack.known["tables"]["alerts"], Key={"alarm": {"S": told_as}})
    cloudwatch.set_alarm_state(AlarmName=alarm, StateValue="OK", StateReason="before the test")
    cloudwatch.set_alarm_state(AlarmName=alarm, StateValue="ALARM", StateReason=_REASON)
    try:
        yield
    finally:
        cloudwatch.set_alarm_state(AlarmName=alarm, StateValue="OK", StateReason="after the test")


def _names(told: Told, name: str) -> list[str]:
    return [text for text in told.texts() if name in text]


def test_one_outage_is_one_page_that_names_its_cause(stack: Stack) -> None:
    told = Told()
    with _ringing(stack, "quiz-local-submissions-dead-letters", "quiz-local-submissions-down"):
        [page] = eventually(lambda: _names(told, "submissions-down"))
    assert page.startswith("*PAGE in quiz-local: submissions-down*")
    assert "submissions-dead-letters: 3 &gt; 0 within 1 minute" in page
    assert "/docs/runbooks/submissions-down.md|Runbook>" in page
    [_, over] = eventually(lambda: _names(told, "submissions-down"), lambda found: len(found) == 2)
    assert over.startswith("*OVER in quiz-local: submissions-down, after ")
    assert not [text for text in told.texts() if "TICKET in quiz-local: submissions-dead-letters" in text]


def test_a_ticket_is_told_in_chat_and_to_people_with_what_the_logs_say(stack: Stack) -> None:
    told = Told()
    with stack.queue(new_id("on-call")) as (url, arn):
        sns = stack.client("sns")
        subscribed = sns.subscribe(TopicArn=stack.known["notices_topic_arn"], Protocol="sqs", Endpoint=arn)
        with _ringing(stack, "quiz-local-control-rejected", "quiz-local-control-rejected"):
            [notice] = eventually(lambda: _heard(stack, url, "control-rejected"))
            [ticket] = eventually(lambda: _names(told, "control-rejected"))
        sns.unsubscribe(SubscriptionArn=subscribed["SubscriptionArn"])
    assert ticket.startswith("*TICKET")
    assert notice["Subject"].startswith("TICKET")
    for part in ("Severity: ticket", "Runbook: https://example.com/docs/runbooks/control-rejected.md", "logs-insights"):
        assert part in notice["Message"]


def _heard(stack: Stack, url: str, name: str) -> list[dict[str, Any]]:
    return [notice for notice in stack.heard(url) if name in notice["Message"]]
