"""The original `quiz_processor` on the local stack: a FIFO queue, a table and a mapping like those of ours."""

import io
import json
import secrets
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tools.bench.starting import original
from tools.stack import outputs

_KEYS = ("student_id", "submission_timestamp")
# The same number as ours has, and of attributes that it writes.
_INDEXES = {"by_time": ("student_id", "processing_timestamp"), "by_quiz": ("quiz_id", "processing_timestamp")}
# As ours has them.
_QUEUE = {
    "FifoQueue": "true",
    "DeduplicationScope": "messageGroup",
    "FifoThroughputLimit": "perMessageGroupId",
    "VisibilityTimeout": "60",
}
_REPLACED = "SubmissionsConsume"
_ALLOWED = {
    "Effect": "Allow",
    "Action": ["dynamodb:PutItem", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage", "logs:*"],
    "Resource": "*",
}
_TRUST = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
# Its client speaks to this service alone; the models of the others are 30 MB.
_MODELS = ("botocore/data/", "boto3/data/")
_SERVICE = "dynamodb"


class Side(NamedTuple):
    """Where messages go in, where results come out, and what carries them."""

    queue_url: str
    table: str
    mapping: str
    function: str


@contextmanager
def original_side(known: dict[str, Any], against: Path) -> Iterator[Side]:
    """All of it is there as long as this lasts; its mapping is off at first."""
    name = f"bench-original-{secrets.token_hex(3)}"
    with ExitStack() as stack:
        queue_url, queue_arn = _queue(known, name, stack)
        _table(known, name, stack)
        functions = outputs.client("lambda", known)
        like = functions.get_function_configuration(FunctionName=known["functions"]["submissions"])
        role = _role(known, name, like["Role"].rpartition("/")[2], stack)
        functions.create_function(
            FunctionName=name,
            Runtime=like["Runtime"],
            Role=role,
            Handler=original.ENTRY,
            Code={"ZipFile": _zip(against)},
            MemorySize=like["MemorySize"],
            Timeout=like["Timeout"],
            Environment={"Variables": {"DYNAMODB_TABLE_NAME": name}},
        )
        stack.callback(functions.delete_function, FunctionName=name)
        mapping = functions.create_event_source_mapping(
            EventSourceArn=queue_arn, FunctionName=name, BatchSize=10, Enabled=False
        )["UUID"]
        stack.callback(functions.delete_event_source_mapping, UUID=mapping)
        yield Side(queue_url, name, mapping, name)


def _queue(known: dict[str, Any], name: str, stack: ExitStack) -> tuple[str, str]:
    sqs = outputs.client("sqs", known)
    url: str = sqs.create_queue(QueueName=f"{name}.fifo", Attributes=_QUEUE)["QueueUrl"]
    stack.callback(sqs.delete_queue, QueueUrl=url)
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
    arn: str = found["Attributes"]["QueueArn"]
    return url, arn


def _table(known: dict[str, Any], name: str, stack: ExitStack) -> None:
    """With indexes and a stream like ours, for which the emulator pays at each write."""
    dynamodb = outputs.client("dynamodb", known)
    indexes = [
        {"IndexName": index, "KeySchema": _schema(keys), "Projection": {"ProjectionType": "ALL"}}
        for index, keys in _INDEXES.items()
    ]
    attributes = dict.fromkeys(key for keys in (_KEYS, *_INDEXES.values()) for key in keys)
    dynamodb.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=_schema(_KEYS),
        GlobalSecondaryIndexes=indexes,
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in attributes],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    )
    stack.callback(dynamodb.delete_table, TableName=name)


def _schema(keys: tuple[str, str]) -> list[dict[str, str]]:
    return [{"AttributeName": key, "KeyType": kind} for key, kind in zip(keys, ("HASH", "RANGE"), strict=True)]


def _role(known: dict[str, Any], name: str, like: str, stack: ExitStack) -> str:
    """With as many policies as ours, through all of which the emulator looks at each call."""
    iam = outputs.client("iam", known)
    trust = json.dumps({"Version": "2012-10-17", "Statement": [_TRUST]})
    arn: str = iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    stack.callback(iam.delete_role, RoleName=name)
    policies = {
        policy: iam.get_role_policy(RoleName=like, PolicyName=policy)["PolicyDocument"]
        for policy in iam.list_role_policies(RoleName=like)["PolicyNames"]
    }
    # In place of one of ours that is of no use to it.
    policies[_REPLACED] = {"Version": "2012-10-17", "Statement": [_ALLOWED]}
    for policy, document in policies.items():
        iam.put_role_policy(RoleName=name, PolicyName=policy, PolicyDocument=json.dumps(document))
        stack.callback(iam.delete_role_policy, RoleName=name, PolicyName=policy)
    return arn


def _zip(against: Path) -> bytes:
    content = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        home = Path(folder) / "site"
        original.install(against, home)
        for top in sorted(home.iterdir()):
            files = [top] if top.is_file() else [file for file in top.resolve().rglob("*") if file.is_file()]
            for file in files:
                name = top.name if top.is_file() else f"{top.name}/{file.relative_to(top.resolve())}"
                if _is_needed(name):
                    archive.write(file, name)
    return content.getvalue()


def _is_needed(name: str) -> bool:
    """Without bytecode, which Python writes at the first start."""
    if "__pycache__" in name:
        return False
    folder = next((models for models in _MODELS if name.startswith(models)), None)
    rest = name.removeprefix(folder) if folder else ""
    return "/" not in rest or rest.startswith(f"{_SERVICE}/")
