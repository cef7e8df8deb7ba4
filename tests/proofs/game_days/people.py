"""Those who are told: a chat, which the stack keeps in a file, and somebody who gets the notices as mails."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.stack.support import Stack, eventually, new_id
from tools.stack import chat
from tools.stack.processes import log_file

# What the notify function remembers beside alarms: what the health check found, and that the chat takes nothing.
HEALTH, WEBHOOK = "#health", "#webhook"
_CHANNELS = 2


class People:
    """What they read since the day began."""

    def __init__(self, stack: Stack, mailbox: str) -> None:
        self._stack = stack
        self._mailbox = mailbox
        self._skipped = 0
        self._mails: list[str] = []

    def begin(self) -> None:
        """Forget what was said before."""
        self._skipped += len(self.chat())
        while self._stack.heard(self._mailbox):
            continue
        self._mails.clear()

    def chat(self) -> list[str]:
        """Messages in the chat, without the markup of their first lines."""
        lines = log_file(chat.NAME).read_text().splitlines()[self._skipped :]
        texts = [json.loads(line)["text"].partition("\n") for line in lines]
        return [f"{first.strip('*')}{end}{rest}" for first, end, rest in texts]

    def mails(self) -> list[str]:
        """Subjects of mails."""
        self._mails += [mail["Subject"] for mail in self._stack.heard(self._mailbox)]
        return self._mails

    def hear(self, said: Callable[[], list[str]], first_line: re.Pattern[str]) -> str:
        """Wait for a message by its first line."""

        def heard() -> list[str]:
            return [text for text in said() if first_line.fullmatch(text.partition("\n")[0])]

        return eventually(heard)[0]

    def forget(self, alarm: str) -> None:
        """Have the notify function forget what it told of an alarm, so that another day begins anew."""
        self._stack.dynamodb.delete_item(TableName=self._stack.known["tables"]["alerts"], Key={"alarm": {"S": alarm}})

    def settle(self, alarm: str, state: str) -> None:
        """Wait until the notify function remembers that everybody has heard of it."""
        table = self._stack.known["tables"]["alerts"]

        def remembered() -> dict[str, Any]:
            found = self._stack.dynamodb.get_item(TableName=table, Key={"alarm": {"S": alarm}}, ConsistentRead=True)
            row: dict[str, Any] = found.get("Item", {})
            return row

        eventually(
            remembered,
            lambda row: bool(row) and row["state"]["S"] == state and len(row["channels"]["SS"]) == _CHANNELS,
        )


@contextmanager
def listening(stack: Stack) -> Iterator[People]:
    """With a subscription of their own to the notices."""
    sns = stack.client("sns")
    topic = stack.known["alerts_topic_arn"].removesuffix("alerts") + "notices"
    with stack.queue(new_id("mailbox")) as (url, arn):
        subscribed = sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
        try:
            yield People(stack, url)
        finally:
            sns.unsubscribe(SubscriptionArn=subscribed["SubscriptionArn"])
