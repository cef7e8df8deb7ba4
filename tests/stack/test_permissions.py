"""IAM is enforced: who may post, and what happens to submissions while a permission is missing."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from tests.stack.support import Stack, eventually, new_id, submission


@contextmanager
def _user(stack: Stack) -> Iterator[tuple[str, Any]]:
    """A user of the account without any permission, as (name, SQS client)."""
    iam, name = stack.client("iam"), new_id("lms")
    iam.create_user(UserName=name)
    key = iam.create_access_key(UserName=name)["AccessKey"]
    yield (
        name,
        boto3.client(
            "sqs",
            endpoint_url=stack.known["endpoint_url"],
            region_name=stack.known["region"],
            aws_access_key_id=key["AccessKeyId"],
            aws_secret_access_key=key["SecretAccessKey"],
        ),
    )
    iam.delete_access_key(UserName=name, AccessKeyId=key["AccessKeyId"])


def _send(sqs: Any, stack: Stack, student: str) -> None:
    sqs.send_message(
        QueueUrl=stack.known["submissions_queue_url"],
        MessageBody=json.dumps(submission(student)),
        MessageGroupId=student,
        MessageDeduplicationId=student,
    )


def test_a_user_without_permission_cannot_post(stack: Stack) -> None:
    with _user(stack) as (_, sqs), pytest.raises(ClientError, match="AccessDenied"):
        _send(sqs, stack, new_id("student"))


def test_an_lms_with_the_documented_policy_can_post_and_do_nothing_else(stack: Stack) -> None:
    student = new_id("student")
    with _user(stack) as (name, sqs):
        allowed = {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": stack.known["submissions_queue_arn"]}
        stack.client("iam").put_user_policy(
            UserName=name,
            PolicyName="post",
            PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [allowed]}),
        )
        _send(sqs, stack, student)
        with pytest.raises(ClientError, match="AccessDenied"):
            sqs.receive_message(QueueUrl=stack.known["submissions_queue_url"])
    assert eventually(lambda: stack.results(student))


@contextmanager
def _without_grant(stack: Stack, function: str, grant: str) -> Iterator[None]:
    """Take one grant from a function's role for a while; failed deliveries come back soon meanwhile."""
    iam, sqs, url = stack.client("iam"), stack.sqs, stack.known["submissions_queue_url"]
    policy = iam.get_role_policy(RoleName=function, PolicyName=grant)["PolicyDocument"]
    visibility = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])["Attributes"]
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "3"})
    iam.delete_role_policy(RoleName=function, PolicyName=grant)
    try:
        yield
    finally:
        iam.put_role_policy(RoleName=function, PolicyName=grant, PolicyDocument=json.dumps(policy))
        sqs.set_queue_attributes(QueueUrl=url, Attributes=visibility)


def test_without_the_write_grant_nothing_is_stored_and_nothing_is_lost(stack: Stack) -> None:
    student, function = new_id("student"), stack.known["functions"]["submissions"]
    with _without_grant(stack, function, "SubmissionsWrite"):
        stack.post(submission(student), student)
        eventually(lambda: _refusals(stack, function))
        assert stack.results(student) == []
    assert eventually(lambda: stack.results(student))


def _refusals(stack: Stack, function: str) -> list[str]:
    return [line for line in stack.log(function) if "AccessDenied" in line and "PutItem" in line]
