"""`python -m tools.submit FILE`: post a file of submissions to the queue as an LMS does."""

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console
from rich.progress import track

from tools.stack import outputs
from tools.submit.ledger import Ledger
from tools.submit.messages import MOST_MESSAGES, read
from tools.submit.post import PostFailed, post

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

_console = Console(stderr=True, highlight=False)


def main(arguments: list[str] | None = None) -> int:
    """Post the file; exits with 1 if any line was refused or the queue could not be reached."""
    options = _options(arguments)
    try:
        client, queue_url = _queue(options.queue_url)
        return _post_file(options.file, client, queue_url)
    except (OSError, UnicodeError, PostFailed, BotoCoreError, ClientError, outputs.StackDown) as error:
        _console.print(f"[red]stopped[/]: {error}", soft_wrap=True)
        _console.print("What was posted is remembered; run the same command again to go on.")
        return 1


def _post_file(file: Path, client: "SQSClient", queue_url: str) -> int:
    messages, refused = read(file)
    for line, reason in refused:
        _console.print(f"[yellow]{file.name}:{line}[/] not posted: {reason}", soft_wrap=True)
    ledger = Ledger(file, queue_url)
    waiting = [message for message in messages if message.line > ledger.last_line()]
    calls = -(-len(waiting) // MOST_MESSAGES)
    for batch in track(post(client, queue_url, waiting), "posting", total=calls, console=_console):
        ledger.confirm(batch[-1].line)
    before = len(messages) - len(waiting)
    _console.print(f"posted {len(waiting)}, posted before {before}, refused {len(refused)}")
    return 1 if refused else 0


def _queue(queue_url: str | None) -> tuple["SQSClient", str]:
    """The queue named, with the caller's own credentials; or the one of the local stack."""
    if queue_url:
        return boto3.client("sqs", region_name=_region(queue_url)), queue_url
    known = outputs.read()
    local: SQSClient = outputs.client("sqs", known)
    return local, known["submissions_queue_url"]


def _region(queue_url: str) -> str | None:
    """The region that AWS writes into a queue's address; None leaves it to the caller's configuration."""
    match = re.match(r"https://sqs\.([a-z0-9-]+)\.amazonaws\.", queue_url)
    return match[1] if match else None


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.submit", description=main.__doc__)
    parser.add_argument("file", type=Path, help="submissions, one JSON object a line (docs/submission.schema.json)")
    parser.add_argument("--queue-url", help="the queue; without it, the one of the local stack")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
