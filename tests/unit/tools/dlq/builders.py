"""Letters, as SQS would hand them out."""

import time
from typing import Any

from tests.unit.builders import body
from tools.dlq.letters import Letter


def letter(
    message_id: str = "m1", text: str | None = None, group: str = "ann", *, moves_back: bool = True, **attributes: str
) -> Letter:
    """One letter; attributes are texts."""
    return Letter(
        message_id=message_id,
        receipt=f"receipt of {message_id}",
        body=body() if text is None else text,
        sent_at=time.time(),
        moves_back=moves_back,
        group=group,
        attributes={name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()},
    )


def record(**changes: Any) -> dict[str, Any]:
    """What Lambda writes of a call that it gave up."""
    return {
        "version": "1.0",
        "requestContext": {
            "requestId": "r-1",
            "functionArn": "arn:aws:lambda:eu-central-1:123456789012:function:quiz-test-clock:live",
            "condition": "RetriesExhausted",
        },
        "requestPayload": {"id": "monday:1"},
        "responsePayload": {"errorType": "UnknownQuiz", "errorMessage": "there is no quiz 'geo'"},
        **changes,
    }
