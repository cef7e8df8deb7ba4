"""What AWS puts around the words of others: recorded events where a folder of them is given, else our own sketches.

    RECORDED_EVENTS=DIR .venv/bin/python -m tests.proofs.campaigns fuzz

The folder holds events as Powertools for AWS Lambda publishes them, by their file names there.
"""

import json
import os
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = "RECORDED_EVENTS"

HTTP = "apiGatewayProxyV2Event"
CONNECT = "apiGatewayWebSocketApiConnect"
DISCONNECT = "apiGatewayWebSocketApiDisconnect"
MESSAGE = "apiGatewayWebSocketApiMessage"
QUEUE = "sqsEvent"
FIFO = "snsSqsFifoEvent"
STREAM = "dynamoStreamEvent"
SCHEDULE = "eventBridgeSchedulerEvent"
NOTICE = "snsEvent"
ALARM = "cloudwatch-alarm-sns-payload-single-metric"

_SOCKET = {
    "stage": "live",
    "connectionId": "c=",
    "requestId": "r=",
    "apiId": "api",
    "identity": {"sourceIp": "192.0.2.1"},
}
_RECORD = {
    "messageId": "m",
    "receiptHandle": "handle",
    "body": "",
    "attributes": {"ApproximateReceiveCount": "1", "SentTimestamp": "1790000000000", "MessageGroupId": "g"},
    "messageAttributes": {},
    "eventSource": "aws:sqs",
    "eventSourceARN": "arn:aws:sqs:eu-central-1:123456789012:a-queue",
}
_SNS = {"MessageId": "m", "Message": "words", "Subject": "a subject", "Timestamp": "2026-11-20T08:00:00.000Z"}
_TROUBLE = {
    "AlarmName": "school-submissions-errors",
    "NewStateValue": "ALARM",
    "NewStateReason": "Threshold Crossed: 1 datapoint [3.0] was greater than the threshold (0.0).",
    "StateChangeTime": "2026-11-20T08:00:00.000+0000",
    "OldStateValue": "OK",
    "Trigger": {"MetricName": "Errors", "Namespace": "AWS/Lambda", "Dimensions": [], "Period": 60, "Threshold": 0.0},
}
_SKETCHES: dict[str, dict[str, Any]] = {
    HTTP: {"version": "2.0", "requestContext": {"requestId": "r=", "stage": "$default"}, "isBase64Encoded": False},
    CONNECT: {"headers": {}, "multiValueHeaders": {}, "requestContext": {**_SOCKET, "eventType": "CONNECT"}},
    DISCONNECT: {"headers": {}, "requestContext": {**_SOCKET, "eventType": "DISCONNECT"}},
    MESSAGE: {"requestContext": {**_SOCKET, "eventType": "MESSAGE"}, "body": "", "isBase64Encoded": False},
    QUEUE: {"Records": [_RECORD]},
    FIFO: {"Records": [_RECORD]},
    STREAM: {
        "Records": [
            {
                "eventID": "1",
                "eventName": "INSERT",
                "eventSource": "aws:dynamodb",
                "dynamodb": {"ApproximateCreationDateTime": 1_790_000_000.0, "SequenceNumber": "1", "Keys": {}},
            }
        ]
    },
    SCHEDULE: {
        "version": "0",
        "id": "e",
        "detail-type": "Scheduled Event",
        "source": "aws.scheduler",
        "time": "2026-11-20T08:00:00Z",
        "detail": "{}",
    },
    NOTICE: {"Records": [{"EventSource": "aws:sns", "Sns": _SNS}]},
    ALARM: {"Records": [{"EventSource": "aws:sns", "Sns": {**_SNS, "Message": json.dumps(_TROUBLE)}}]},
}


def are_recorded() -> bool:
    """Whether a folder is given."""
    return FOLDER in os.environ


def envelope(name: str) -> dict[str, Any]:
    """A copy that may be written on."""
    return deepcopy(_read(name, os.environ.get(FOLDER)))


@cache
def _read(name: str, folder: str | None) -> dict[str, Any]:
    if folder is None:
        return _SKETCHES[name]
    read: dict[str, Any] = json.loads((Path(folder) / f"{name}.json").read_text())
    return read
