"""How fast the local stack works off a full queue: the emulator's queue and mapping included."""

import time
from typing import Any

from tools.demo.school_class import honest
from tools.stack import bank, outputs
from tools.submit.messages import Message
from tools.submit.post import post

_STUDENTS = 1000


def measure(run: str) -> tuple[int, float]:
    """Messages, and the seconds from the first post to the last stored result."""
    known = outputs.read()
    sqs, dynamodb = outputs.client("sqs", known), outputs.client("dynamodb", known)
    sent = honest(bank.read(), run, _STUDENTS)
    begun = time.monotonic()
    for _ in post(sqs, known["submissions_queue_url"], sent):
        pass
    while not all(_stored(dynamodb, known["tables"]["submissions"], message) for message in reversed(sent)):
        time.sleep(0.1)
    return len(sent), time.monotonic() - begun


def _stored(dynamodb: Any, table: str, message: Message) -> bool:
    found = dynamodb.query(
        TableName=table,
        KeyConditionExpression="student_id = :student",
        ExpressionAttributeValues={":student": {"S": message.group}},
        Select="COUNT",
    )
    return bool(found["Count"])
