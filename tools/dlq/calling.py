"""Call functions again with what they failed on: single calls without waiting, parts of a stream bundle by bundle."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from botocore.exceptions import ClientError, ParamValidationError

from tools.dlq.letters import Failure, Kind, Letter
from tools.dlq.patterns import UnknownRule, passes
from tools.dlq.streams import Gone, Record, records

STREAM_KEEPS = timedelta(hours=24)

_INSTEAD = {
    "projector": "python -m tools.leaderboard rebuild GAME (docs/runbooks/projector-failures-not-empty.md)",
    "stream": "announce from the table (docs/runbooks/stream-failures-not-empty.md)",
}
_ACCEPTED = 202
_REASONS = {
    "ExpiredIteratorException": "the function took too long for all of it at once; redrive it again",
    "ResourceNotFoundException": "the function is not there any more",
}


class Caller:
    """Calls functions of the environment."""

    def __init__(self, functions: Any, streams: Any, topics: Any, box: str) -> None:
        self._lambda = functions
        self._streams = streams
        self._topics = topics
        self._box = box
        self.made: set[str] = set()

    def settle(self, letters: list[Letter]) -> Mapping[str, str]:
        """Call again; why a letter has to stay, by its id."""
        staying = {letter.message_id: self._call(letter) for letter in letters}
        return {message_id: reason for message_id, reason in staying.items() if reason}

    def _call(self, letter: Letter) -> str:
        """Why it has to stay, empty if it need not."""
        failure = letter.failure
        try:
            if letter.kind is Kind.POSITION and failure:
                return self._replay(failure)
            if letter.kind is Kind.FAILED_CALL and failure:
                return self._send(failure.request_context.function_arn, bytes(failure.request_payload))
            if letter.kind is Kind.LOST_EVENT:
                cut = letter.said("IS_PAYLOAD_TRUNCATED") == "true"
                return "the event is not whole" if cut else self._send(letter.said("TARGET_ARN"), letter.body.encode())
        except ClientError as error:
            if error.response["Error"]["Code"] not in _REASONS:
                raise
            return _REASONS[error.response["Error"]["Code"]]
        if letter.kind is Kind.NOTIFICATION and letter.notification:
            return self._notify(letter.notification.topic_arn, letter.body)
        return "nobody knows where it belongs"

    def _notify(self, topic_arn: str, body: str) -> str:
        """Hand it to the functions that listen to the topic, in the form that SNS would."""
        pages = self._topics.get_paginator("list_subscriptions_by_topic").paginate(TopicArn=topic_arn)
        found = [one["Endpoint"] for page in pages for one in page["Subscriptions"] if one["Protocol"] == "lambda"]
        record = {"EventSource": "aws:sns", "EventVersion": "1.0", "Sns": json.loads(body)}
        reasons = [self._send(function, json.dumps({"Records": [record]}).encode()) for function in found]
        return "; ".join(filter(None, reasons)) if found else "no function listens to the topic any more"

    def _send(self, function: str, payload: bytes) -> str:
        """Lambda keeps it from here on, and would set it aside again."""
        if not payload:
            return "the record does not tell what the function was called with"
        answer = self._lambda.invoke(FunctionName=function, InvocationType="Event", Payload=payload)
        self.made.add(answer["ResponseMetadata"].get("RequestId", ""))
        return "" if answer["StatusCode"] == _ACCEPTED else f"Lambda answered {answer['StatusCode']}"

    def _replay(self, failure: Failure) -> str:
        instead = _INSTEAD.get(self._box, "see its runbook")
        if is_gone(failure, datetime.now(UTC)):
            return f"the stream kept the records for 24 hours only; {instead}"
        try:
            function, filters = self._mapping(failure)
            for bundle in records(self._streams, failure):
                wanted = [record for record in bundle if not filters or any(passes(one, record) for one in filters)]
                if wanted and (reason := self._hand_over(function, wanted)):
                    return reason
        except Gone as error:
            return f"the records are gone ({error}); {instead}"
        except (LookupError, ParamValidationError, UnknownRule) as error:
            return f"not understood: {error}"
        return ""

    def _mapping(self, failure: Failure) -> tuple[str, list[Any]]:
        """The function as the stream calls it, and what passes to it."""
        arn = failure.position.stream_arn if failure.position else ""
        name = _name(failure.request_context.function_arn)
        for mapping in self._mappings(arn):
            if _name(mapping["FunctionArn"]) == name:
                found = mapping.get("FilterCriteria", {}).get("Filters", [])
                return mapping["FunctionArn"], [json.loads(one["Pattern"]) for one in found]
        raise LookupError(f"the stream does not call {name} any more")

    def _mappings(self, stream_arn: str) -> Iterator[Any]:
        pages = self._lambda.get_paginator("list_event_source_mappings").paginate(EventSourceArn=stream_arn)
        return (mapping for page in pages for mapping in page["EventSourceMappings"])

    def _hand_over(self, function: str, bundle: list[Record]) -> str:
        """Call and wait; what the function could not do has to come again."""
        payload = json.dumps({"Records": bundle}).encode()
        answer = self._lambda.invoke(FunctionName=function, InvocationType="RequestResponse", Payload=payload)
        said = json.loads(answer["Payload"].read() or b"null")
        if "FunctionError" in answer:
            return f"the function failed: {(said or {}).get('errorType', answer['FunctionError'])}"
        return "the function could not do all of it; its log tells why" if (said or {}).get("batchItemFailures") else ""


def is_gone(failure: Failure, now: datetime) -> bool:
    """Whether the stream has dropped what the record tells of."""
    arrived = failure.position.approximate_arrival_of_first_record if failure.position else None
    return arrived is not None and now - arrived > STREAM_KEEPS


def _name(function_arn: str) -> str:
    """Without a version or an alias."""
    return ":".join(function_arn.split(":")[:7])
