"""DynamoDB and SQS as they answer on the wire, by the models that the other proofs use."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from botocore.exceptions import ClientError

from tests.proofs.database_model import DatabaseClient
from tests.proofs.faults import Answer, Call, Network
from tests.proofs.history import History, SetAside
from tests.proofs.queue_client import QueueClient

_NAMESPACES = {"SendMessage": "com.amazonaws.sqs#"}
_OF_DYNAMODB = "com.amazonaws.dynamodb.v20120810#"


class Reply(NamedTuple):
    """What a service answers."""

    status: int
    content: Mapping[str, Any]


class _Plain(Network):
    """Nothing goes wrong in here; the adversary stands outside, at the socket."""

    in_part = False

    def run(self, operation: str, call: Call, partial: Call | None = None) -> Answer:
        return partial() if self.in_part and partial else call()


class Services:
    """What the workers take for AWS."""

    def __init__(self, history: History) -> None:
        self._network = _Plain()
        database = DatabaseClient(history.database, self._network)
        letters = QueueClient(
            history.dead_letters,
            self._network,
            lambda message_id, code: history.events.append(SetAside(message_id, code)),
        )
        self._operations: Mapping[str, Callable[..., Answer]] = {
            "GetItem": database.get_item,
            "BatchGetItem": database.batch_get_item,
            "PutItem": database.put_item,
            "SendMessage": letters.send_message,
        }

    def answer(self, operation: str, parameters: Mapping[str, Any], invocation: int, in_part: bool = False) -> Reply:
        """Do what is asked, or refuse it as AWS would."""
        self._network.invocation, self._network.in_part = invocation, in_part
        self._network.working.message_id = message_of(operation, parameters)
        try:
            return Reply(200, self._operations[operation](**parameters))
        except ClientError as error:
            response: Any = error.response
            item = {"Item": response["Item"]} if "Item" in response else {}
            status = response["ResponseMetadata"]["HTTPStatusCode"]
            return refusal(operation, response["Error"]["Code"], status, item)


def refusal(operation: str, code: str, status: int = 400, more: Mapping[str, Any] | None = None) -> Reply:
    """An error, as the JSON protocols write it."""
    namespace = _NAMESPACES.get(operation, _OF_DYNAMODB)
    return Reply(status, {"__type": namespace + code, "message": code, **(more or {})})


def throttle(operation: str) -> Reply:
    """Too much of it."""
    if operation == "SendMessage":
        return refusal(operation, "RequestThrottled")
    return refusal(operation, "ProvisionedThroughputExceededException")


def message_of(operation: str, parameters: Mapping[str, Any]) -> str:
    """The message that the call is made for; the bank is read for all of them."""
    match operation:
        case "PutItem":
            return str(parameters["Item"]["correlation_id"]["S"])
        case "SendMessage":
            return str(parameters["MessageDeduplicationId"])
    return ""
