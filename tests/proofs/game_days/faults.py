"""Faults of the real stack. Each lasts as long as its context, and leaves everything as it was."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import psutil

from tests.stack.support import Stack, eventually, new_id, submission
from tools.stack import processes, redis


@contextmanager
def poison(stack: Stack, number: int) -> Iterator[None]:
    """Submissions of so many students to a quiz that does not exist, until they are taken out of the dead letters."""
    students = {new_id("poison") for _ in range(number)}
    for student in students:
        stack.post(submission(student, quiz_id="no-such-quiz"), student)
    try:
        yield
    finally:
        take_away(stack, "submissions", students)


def take_away(stack: Stack, box: str, groups: set[str]) -> None:
    """Take the messages of these groups out of a queue of dead letters, once each has come."""
    url, left = stack.known["dead_letters"][box]["url"], set(groups)

    def take() -> set[str]:
        found = stack.sqs.receive_message(
            QueueUrl=url, AttributeNames=["MessageGroupId"], MaxNumberOfMessages=10, VisibilityTimeout=1
        )
        for message in found.get("Messages", []):
            if (group := message["Attributes"]["MessageGroupId"]) in groups:
                stack.sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
                left.discard(group)
        return left

    eventually(take, lambda those: not those)


@contextmanager
def idle(stack: Stack, function: str) -> Iterator[None]:
    """Nothing is handed to the function out of its queue."""
    client = stack.client("lambda")
    [mapping] = client.list_event_source_mappings(FunctionName=f"{stack.known['functions'][function]}:live")[
        "EventSourceMappings"
    ]

    def turn(*, on: bool) -> None:
        client.update_event_source_mapping(UUID=mapping["UUID"], Enabled=on)
        wanted = "Enabled" if on else "Disabled"
        eventually(
            lambda: client.get_event_source_mapping(UUID=mapping["UUID"])["State"], lambda state: state == wanted
        )

    with ExitStack() as undone:
        undone.callback(turn, on=True)
        turn(on=False)
        yield


@contextmanager
def denied(stack: Stack, function: str, action: str) -> Iterator[None]:
    """The role of the function may not do this any more."""
    iam, role, name = stack.client("iam"), stack.known["functions"][function], new_id("game-day")
    statement = {"Effect": "Deny", "Action": action, "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    iam.put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=policy)
    try:
        yield
    finally:
        iam.delete_role_policy(RoleName=role, PolicyName=name)


@contextmanager
def hanging_redis() -> Iterator[None]:
    """Redis takes connections and answers nothing; it forgets nothing."""
    server = processes.running(redis.NAME)
    assert server, "the stack has no Redis"
    process = psutil.Process(server.pid)
    process.suspend()
    try:
        yield
    finally:
        process.resume()


@contextmanager
def scheduled(stack: Stack, name: str, **changes: Any) -> Iterator[None]:
    """An inspection's schedule with these changes."""
    client, group = stack.client("scheduler"), f"{stack.known['event_bus_name']}-inspections"
    read_only = {"Arn", "CreationDate", "LastModificationDate", "ResponseMetadata"}
    found = client.get_schedule(GroupName=group, Name=name)
    before = {key: value for key, value in found.items() if key not in read_only}
    client.update_schedule(**{**before, **changes})
    try:
        yield
    finally:
        client.update_schedule(**before)


@contextmanager
def paused_inspections(stack: Stack) -> Iterator[None]:
    """Neither the health check nor the reconciliation runs unless a day has it run."""
    with scheduled(stack, "health", State="DISABLED"), scheduled(stack, "reconcile", State="DISABLED"):
        yield
