"""A class of submissions: posted to the queue, waited for, and accounted for to the last message."""

import time
from collections import Counter
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from adapters.items import from_item
from quiz.errors import Rejected
from quiz.submissions import parse
from tools.demo.school_class import messages
from tools.stack import outputs
from tools.stack.bank import Bank
from tools.submit.messages import Message
from tools.submit.post import post

_SECONDS_TO_WAIT = 120


class DemoFailed(Exception):
    """Not everything that was sent came to an end."""


def play(known: dict[str, Any], bank: Bank, run: str, console: Console) -> int:
    """Post them all, show what became of them, and tell how many were lost."""
    sent = messages(bank, run)
    for _ in post(outputs.client("sqs", known), known["submissions_queue_url"], sent):
        pass
    stored, set_aside = _wait(known, sent, console)
    fates = _fates(sent, stored, set_aside)
    _show(stored, len(sent), fates, console)
    return fates["lost"]


def _wait(known: dict[str, Any], sent: list[Message], console: Console) -> tuple[list[dict[str, Any]], Counter[str]]:
    """Wait until the queue is empty: then every message was stored, absorbed or set aside."""
    sqs, deadline = outputs.client("sqs", known), time.monotonic() + _SECONDS_TO_WAIT
    with Progress(TextColumn("scoring"), BarColumn(), MofNCompleteColumn(), console=console, transient=True) as bar:
        task = bar.add_task("scoring", total=len(sent))
        while left := _left(sqs, known["submissions_queue_url"]):
            bar.update(task, completed=len(sent) - left)
            if time.monotonic() > deadline:
                raise DemoFailed(f"{left} messages are still in the queue; the functions' logs tell why")
            time.sleep(0.2)
    return _stored(known, sent), _take_back(sqs, known["dead_letters"]["submissions"]["url"], sent)


def _left(sqs: Any, queue_url: str) -> int:
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    found = sqs.get_queue_attributes(QueueUrl=queue_url, AttributeNames=names)["Attributes"]
    return sum(int(found[name]) for name in names)


def _stored(known: dict[str, Any], sent: list[Message]) -> list[dict[str, Any]]:
    table, dynamodb = known["tables"]["submissions"], outputs.client("dynamodb", known)
    stored = []
    for student in dict.fromkeys(message.group for message in sent):
        found = dynamodb.query(
            TableName=table,
            KeyConditionExpression="student_id = :student",
            ExpressionAttributeValues={":student": {"S": student}},
        )
        stored += [from_item(item) for item in found["Items"]]
    return stored


def _take_back(sqs: Any, queue_url: str, sent: list[Message]) -> Counter[str]:
    """Count the reasons, and take this demo's own messages out of the dead-letter queue again."""
    reasons: Counter[str] = Counter()
    ours = {message.body for message in sent}
    while found := sqs.receive_message(
        QueueUrl=queue_url, MaxNumberOfMessages=10, MessageAttributeNames=["All"], VisibilityTimeout=30
    ).get("Messages"):
        for message in found:
            if message["Body"] in ours:
                reasons[message["MessageAttributes"]["error_code"]["StringValue"]] += 1
                sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
    return reasons


def _fates(sent: list[Message], stored: list[dict[str, Any]], set_aside: Counter[str]) -> dict[str, int]:
    """What became of every message. A result accounts for each message with its fingerprint, for others it does not."""
    results = {(result["student_id"], result["submission_id"], result["fingerprint"]) for result in stored}
    accounted = sum(_identity(message) in results for message in sent)
    return {
        "stored": len(stored),
        "duplicates absorbed": accounted - len(stored),
        **{f"quarantined: {reason}": number for reason, number in sorted(set_aside.items())},
        "lost": len(sent) - accounted - set_aside.total(),
    }


def _identity(message: Message) -> tuple[str, str, str] | None:
    try:
        submission = parse(message.body)
    except Rejected:
        return None
    return submission.student_id, submission.submission_id, submission.fingerprint


def _show(stored: list[dict[str, Any]], sent: int, fates: dict[str, int], console: Console) -> None:
    results = Table("student", "score", "percentage", title="The five best of the class")
    for result in sorted(stored, key=lambda result: -result["score"])[:5]:
        results.add_row(
            result["student_id"], f"{result['score']} of {result['max_score']}", f"{result['percentage']} %"
        )
    console.print(results)
    summary = Table("what became of it", "messages", title="Submissions")
    summary.add_row("sent", str(sent), style="bold", end_section=True)
    for fate, number in fates.items():
        summary.add_row(fate, str(number))
    console.print(summary)
