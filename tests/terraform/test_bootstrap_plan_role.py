"""The role that plans sees how things are set up, and no data."""

import json

import pytest

from tests.terraform.bootstrap import ACCOUNT, REGION, STATE_BUCKET, STATE_KEY, Bootstrap, resolved
from tests.terraform.iam import Request, allows
from tests.terraform.sandbox import Sandbox

# As much of AWS's policy as is about services of the platform.
_READ_ONLY_ACCESS = json.dumps(
    {
        "Statement": [
            {
                "Effect": "Allow",
                "Resource": "*",
                "Action": [
                    *["apigateway:GET", "cognito-idp:AdminGet*", "cognito-idp:AdminList*", "cognito-idp:Describe*"],
                    *["cognito-idp:Get*", "cognito-idp:List*", "dynamodb:BatchGet*", "dynamodb:Describe*"],
                    *["dynamodb:Get*", "dynamodb:List*", "dynamodb:PartiQLSelect", "dynamodb:Query", "dynamodb:Scan"],
                    *["iam:Get*", "iam:List*", "kms:Describe*", "kms:Get*", "kms:List*", "lambda:Get*", "lambda:List*"],
                    *["logs:Describe*", "logs:FilterLogEvents", "logs:Get*", "logs:List*", "logs:StartLiveTail"],
                    *["logs:StartQuery", "s3:Get*", "s3:List*", "sns:Get*", "sqs:Get*", "sqs:List*", "sqs:Receive*"],
                    *["ssm:Describe*", "ssm:Get*", "ssm:List*", "xray:BatchGet*", "xray:Get*"],
                ],
            }
        ]
    }
)


def _of(service: str, rest: str) -> str:
    return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{rest}"


@pytest.fixture(scope="module")
def bootstrap(box: Sandbox) -> Bootstrap:
    return resolved(box)


@pytest.mark.parametrize(
    ("action", "resource", "allowed"),
    [
        ("apigateway:GET", f"arn:aws:apigateway:{REGION}::/apis/a1b2c3", True),
        ("cognito-idp:DescribeUserPool", _of("cognito-idp", "userpool/eu-central-1_abc"), True),
        ("cognito-idp:AdminGetUser", _of("cognito-idp", "userpool/eu-central-1_abc"), False),
        ("cognito-idp:ListUsers", _of("cognito-idp", "userpool/eu-central-1_abc"), False),
        ("cognito-idp:ListUsersInGroup", _of("cognito-idp", "userpool/eu-central-1_abc"), False),
        ("dynamodb:DescribeTable", _of("dynamodb", "table/quiz-staging-results"), True),
        *[
            (f"dynamodb:{read}", _of("dynamodb", "table/quiz-staging-results"), False)
            for read in ("BatchGetItem", "GetRecords", "PartiQLSelect", "Query", "Scan", "PutItem")
        ],
        ("iam:GetRolePolicy", f"arn:aws:iam::{ACCOUNT}:role/quiz-staging-http", True),
        ("kms:DescribeKey", STATE_KEY, True),
        ("kms:Decrypt", STATE_KEY, True),
        ("kms:Decrypt", _of("kms", "key/2222"), False),
        ("lambda:GetFunction", _of("lambda", "function:quiz-staging-http"), True),
        ("lambda:InvokeFunction", _of("lambda", "function:quiz-staging-http"), False),
        ("logs:DescribeLogGroups", _of("logs", "log-group:*"), True),
        ("logs:FilterLogEvents", _of("logs", "log-group:/aws/lambda/quiz-staging-http:*"), False),
        ("logs:StartQuery", _of("logs", "log-group:/aws/lambda/quiz-staging-http:*"), False),
        ("s3:GetBucketPolicy", f"arn:aws:s3:::quiz-staging-{ACCOUNT}-results", True),
        ("s3:GetObject", f"arn:aws:s3:::quiz-staging-{ACCOUNT}-results/key", False),
        ("s3:GetObjectVersion", f"arn:aws:s3:::quiz-staging-{ACCOUNT}-results/key", False),
        ("s3:GetObject", f"{STATE_BUCKET}/staging/quiz.tfstate", True),
        ("s3:PutObject", f"{STATE_BUCKET}/staging/quiz.tfstate", False),
        ("s3:DeleteObject", f"{STATE_BUCKET}/staging/quiz.tfstate", False),
        ("s3:PutObject", f"{STATE_BUCKET}/staging/quiz.tfstate.tflock", True),
        ("sqs:GetQueueAttributes", _of("sqs", "quiz-staging-submissions.fifo"), True),
        ("sqs:ReceiveMessage", _of("sqs", "quiz-staging-submissions.fifo"), False),
        ("ssm:GetParameter", _of("ssm", "parameter/quiz/staging/chat-webhook"), False),
        ("ssm:GetParameterHistory", _of("ssm", "parameter/quiz/staging/chat-webhook"), False),
        ("xray:GetSamplingRules", "*", True),
        ("xray:BatchGetTraces", "*", False),
    ],
)
def test_it_sees_how_things_are_and_no_data(bootstrap: Bootstrap, action: str, resource: str, allowed: bool) -> None:
    documents = [_READ_ONLY_ACCESS, *bootstrap.policies("quiz-plan")]
    assert allows(documents, Request(action, resource)) == allowed


def test_what_it_sees_is_what_aws_lets_readers_see(bootstrap: Bootstrap) -> None:
    attachments = bootstrap.resources.of_type("aws_iam_role_policy_attachment").values()
    [policy] = [one["policy_arn"] for one in attachments if one["role"] == "quiz-plan"]
    assert policy == "arn:aws:iam::aws:policy/ReadOnlyAccess"


@pytest.mark.parametrize(("key", "allowed"), [("#canary", True), ("quiz-1", False)])
def test_of_items_it_reads_the_one_that_terraform_makes(bootstrap: Bootstrap, key: str, allowed: bool) -> None:
    documents = [_READ_ONLY_ACCESS, *bootstrap.policies("quiz-plan")]
    table = _of("dynamodb", "table/quiz-staging-quizzes")
    assert allows(documents, Request("dynamodb:GetItem", table, {"dynamodb:LeadingKeys": key})) == allowed
