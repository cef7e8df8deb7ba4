"""The chat, which should hear of alerts. The mails are told all the same."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.proofs.game_days import process
from tests.proofs.game_days.conftest import Days
from tests.proofs.game_days.day import Platform
from tests.proofs.game_days.definitions import PREFIX
from tests.proofs.game_days.page import first_line
from tests.proofs.game_days.process import Process
from tests.proofs.game_days.sources import Queue
from tests.stack.support import Stack, new_id
from tests.unit.alarms_handler.hook import SILENCE, Hook, serving
from tests.unit.alarms_handler.world import event
from tests.unit.alerts.support import description, single

_TOLD = f"TICKET in {PREFIX}: {{}} - …"
_TROUBLE = f"WEBHOOK in {PREFIX}: the chat takes no alerts (the webhook: {{}}) - …"


class Chat:
    """A chat of the day's own, and a notify function that tells it."""

    def __init__(self, stack: Stack, hook: Hook, function: Process, parameter: str) -> None:
        self.hook = hook
        self.function = function
        self._ssm = stack.client("ssm")
        self._parameter = parameter
        self.alarm = new_id("alarm")
        self.alert = event(
            single(
                AlarmName=f"{PREFIX}-{self.alarm}",
                AlarmDescription=description(),
                StateChangeTime=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.000+0000}",
            )
        )

    def is_at(self, path: str) -> None:
        """From now on, for whoever asks for its address."""
        address = self.hook.address + path
        self._ssm.put_parameter(Name=self._parameter, Value=address, Type="SecureString", Overwrite=True)

    def titles(self) -> list[str]:
        """First lines that it was sent and took."""
        return [text.splitlines()[0].strip("*") for text in self.hook.texts]


@pytest.fixture
def chat(platform: Platform) -> Iterator[Chat]:
    stack = platform.stack
    parameter = f"/quiz/local/{new_id('game-day')}"
    started = process.started(stack, "notify", "handlers.alarms.notify", WEBHOOK_PARAMETER=parameter)
    with serving() as hook, started as function:
        made = Chat(stack, hook, function, parameter)
        made.is_at("/")
        try:
            yield made
        finally:
            stack.client("ssm").delete_parameter(Name=parameter)
            platform.people.forget(f"{PREFIX}-{made.alarm}")


def test_the_chat_is_slow(days: Days, chat: Chat) -> None:
    chat.hook.answers["/"] = [SILENCE]
    with days("The chat is slow", chat.function) as day:
        assert not chat.function.invoke(chat.alert).well
        day.goes_off("webhook-failing")
        for title in (_TOLD.format(chat.alarm), _TROUBLE.format("TimeoutError")):
            day.people.hear(day.people.mails, first_line(title))
        chat.hook.answers["/"] = [200]
        # As Lambda does, twice.
        assert chat.function.invoke(chat.alert).well
        day.is_over()
    assert chat.titles()[-1] == f"TICKET in {PREFIX}: {chat.alarm}"


def test_the_address_of_the_chat_is_withdrawn(days: Days, stack: Stack, chat: Chat) -> None:
    """After its third try Lambda sets the event aside, which is done here in its place."""
    box = Queue(stack, stack.known["dead_letters"]["alerts"]["url"])
    chat.hook.answers["/"] = [410]
    with days("The address of the chat is withdrawn", chat.function, box) as day:
        assert not chat.function.invoke(chat.alert).well
        day.goes_off("webhook-failing")
        assert not chat.function.invoke(chat.alert).well
        day.passes(120)
        assert not chat.function.invoke(chat.alert).well
        with _set_aside(stack, chat.alert):
            day.goes_off("alerts-undelivered")
            for title in (_TOLD.format(chat.alarm), _TROUBLE.format("HTTP 410")):
                day.people.hear(day.people.mails, first_line(title))
        # No release and no restart is needed.
        chat.is_at("/new")
        assert chat.function.invoke(chat.alert).well
        day.is_over()
    assert chat.titles()[-1] == f"TICKET in {PREFIX}: {chat.alarm}"


@contextmanager
def _set_aside(stack: Stack, event: dict[str, Any]) -> Iterator[None]:
    """The event is where Lambda puts what a function has given up."""
    url, body = stack.known["dead_letters"]["alerts"]["url"], json.dumps({"requestPayload": event})
    stack.sqs.send_message(QueueUrl=url, MessageBody=body)
    try:
        yield
    finally:
        found = stack.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=1)
        for message in found.get("Messages", []):
            if message["Body"] == body:
                stack.sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
