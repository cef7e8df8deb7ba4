"""Intake, submissions of an LMS and the health check: `requests/index.py` and `submissions/`."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import botocore.session

from tools.bench.baseline.place import Place, answered
from tools.bench.operations import lms
from tools.bench.operations.asked import Operation
from tools.bench.operations.intake import posted, scheduled

_ENTRY = "lambda_handler"


def operations(place: Place) -> Iterator[Operation]:
    """What is traced by X-Ray's SDK comes last."""
    with place.loaded("requests/index.py", _ENTRY, DYNAMODB_TABLE_NAME="requests") as record:
        yield Operation("record a request", record, posted, answered)
        yield Operation("record the day", record, scheduled, answered)
    with TemporaryDirectory() as folder:
        # By which its SDK for X-Ray knows that it is in Lambda.
        where = {"LAMBDA_TASK_ROOT": str(Path(folder))}
        yield from _submissions(place, where)


def _submissions(place: Place, where: dict[str, str]) -> Iterator[Operation]:
    with place.loaded("submissions/quiz_processor.py", _ENTRY, **where, DYNAMODB_TABLE_NAME="submissions") as process:
        yield Operation("score 10 submissions", process, lms.batches(), answered)
        again = lms.batch("again")
        yield Operation("score 10 submissions again", process, lambda: again, answered)
    with place.loaded("submissions/health_check.py", _ENTRY, **where, **_queues(place)) as check:
        yield Operation("check everything's health", check, dict, answered)


def _queues(place: Place) -> dict[str, Any]:
    session: Any = botocore.session.get_session()
    with place.network.unnoticed():
        sqs = session.create_client("sqs")
        urls = {name: sqs.create_queue(QueueName=name)["QueueUrl"] for name in ("submissions", "dead")}
        topic = session.create_client("sns").create_topic(Name="alerts")["TopicArn"]
    return {"QUEUE_URL": urls["submissions"], "DLQ_URL": urls["dead"], "SNS_TOPIC_ARN": topic}
