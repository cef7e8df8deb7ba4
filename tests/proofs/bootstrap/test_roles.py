"""The roles at work: what is open to those who signed in, and what is refused.

The emulator enforces trust policies, policies with conditions on tags and regions, and boundaries. It does not know
`iam:PermissionsBoundary`, so it refuses whoever needs that, nor `dynamodb:LeadingKeys`, and lets anybody pass any role:
those are judged by `tests/terraform/test_bootstrap_*_role.py`.
"""

import json
from pathlib import Path

import pytest

from tests.proofs.bootstrap.account import BACKEND, ID, REPOSITORY, Account, Person, initialise, keys
from tests.proofs.bootstrap.refusals import refused
from tools.stack import emulator

_STATES = f"quiz-{ID}-state"
_TABLE = {
    "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
    "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
    "BillingMode": "PAY_PER_REQUEST",
}
# A little of an environment: what has a name, what has a tag, and a key with its alias.
_ENVIRONMENT = f"""
terraform {{
  backend "s3" {{}}
}}

provider "aws" {{
  region              = "{emulator.REGION}"
  allowed_account_ids = ["{ID}"]

  default_tags {{
    tags = {{ application = "quiz-platform", environment = "staging" }}
  }}
}}

resource "aws_cloudwatch_log_group" "this" {{
  name = "/aws/lambda/quiz-staging-http"
}}

resource "aws_kms_key" "this" {{}}

resource "aws_cognito_user_pool" "this" {{
  name = "quiz-staging-users"
}}

resource "aws_vpc" "this" {{
  cidr_block = "10.0.0.0/24"
}}
"""


@pytest.fixture(scope="module")
def planner(account: Account) -> Person:
    return account.sign_in("quiz-plan", f"repo:{REPOSITORY}:pull_request")


@pytest.fixture(scope="module")
def staging(account: Account) -> Person:
    return account.sign_in("quiz-apply-staging", f"repo:{REPOSITORY}:environment:staging")


def test_who_plans_sees_a_table_and_nothing_in_it(account: Account, planner: Person) -> None:
    name = "quiz-staging-seen"
    account.administrator.client("dynamodb").create_table(TableName=name, **_TABLE)
    dynamodb = planner.client("dynamodb")
    assert dynamodb.describe_table(TableName=name)["Table"]["TableName"] == name
    refused(dynamodb.scan, TableName=name)
    refused(dynamodb.batch_get_item, RequestItems={name: {"Keys": [{"id": {"S": "1"}}]}})
    refused(dynamodb.delete_table, TableName=name)


def test_who_plans_reads_states_and_writes_locks_alone(account: Account, planner: Person) -> None:
    account.administrator.client("s3").put_object(Bucket=_STATES, Key="production/quiz.tfstate", Body=b"{}")
    s3 = planner.client("s3")
    assert s3.get_object(Bucket=_STATES, Key="production/quiz.tfstate")["Body"].read() == b"{}"
    s3.put_object(Bucket=_STATES, Key="production/quiz.tfstate.tflock", Body=b"")
    refused(s3.put_object, Bucket=_STATES, Key="production/quiz.tfstate", Body=b"")


def test_who_applies_makes_and_removes_an_environment_with_its_state(staging: Person, tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(_ENVIRONMENT)
    settings = {"bucket": _STATES, "key": "staging/quiz.tfstate", "region": emulator.REGION, "use_lockfile": "true"}
    settings |= {"encrypt": "true", "kms_key_id": "alias/quiz-state"}
    backend = [f"-backend-config={name}={value}" for name, value in settings.items()]
    initialise(tmp_path, staging, [*backend, *BACKEND])
    for command in ("apply", "destroy"):
        done = staging.terraform(tmp_path, command, "-auto-approve")
        assert not done.returncode, done.stdout + done.stderr


def test_who_applies_stays_out_of_other_environments(account: Account, staging: Person) -> None:
    refused(staging.client("dynamodb").create_table, TableName="quiz-production-x", **_TABLE)
    refused(staging.client("s3").get_object, Bucket=_STATES, Key="production/quiz.tfstate")
    tags = [{"TagKey": "environment", "TagValue": "production"}]
    key = account.administrator.client("kms").create_key(Tags=tags)["KeyMetadata"]["KeyId"]
    refused(staging.client("kms").schedule_key_deletion, KeyId=key)
    refused(staging.client("kms").tag_resource, KeyId=key, Tags=[{"TagKey": "environment", "TagValue": "staging"}])


def test_who_applies_changes_nothing_that_binds_it(account: Account, staging: Person) -> None:
    iam, kms = staging.client("iam"), staging.client("kms")
    document = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})
    key = account.administrator.client("kms").describe_key(KeyId="alias/quiz-state")["KeyMetadata"]["KeyId"]
    refused(iam.put_role_policy, RoleName="quiz-apply-staging", PolicyName="more", PolicyDocument=document)
    refused(iam.create_role, RoleName="quiz-staging-free", AssumeRolePolicyDocument=document)
    refused(iam.create_policy_version, PolicyArn=f"arn:aws:iam::{ID}:policy/quiz-boundary", PolicyDocument=document)
    refused(staging.client("s3").delete_bucket, Bucket=_STATES)
    refused(kms.schedule_key_deletion, KeyId=key)
    refused(kms.tag_resource, KeyId=key, Tags=[{"TagKey": "environment", "TagValue": "staging"}])


def test_a_role_within_the_boundary_does_no_more_than_that_allows(account: Account) -> None:
    """Even with all the rights there are."""
    iam, name = account.administrator.client("iam"), "quiz-staging-everything"
    trust = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": f"arn:aws:iam::{ID}:root"}}
    role = iam.create_role(
        RoleName=name,
        AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]}),
        PermissionsBoundary=f"arn:aws:iam::{ID}:policy/quiz-boundary",
    )["Role"]
    iam.attach_role_policy(RoleName=name, PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
    sts = account.administrator.client("sts")
    session = sts.assume_role(RoleArn=role["Arn"], RoleSessionName="function")["Credentials"]
    function = Person(account.administrator.url, keys(session))
    account.administrator.client("sqs").create_queue(QueueName="quiz-staging-work")
    queue = f"{account.administrator.url}/{ID}/quiz-staging-work"
    function.client("sqs").send_message(QueueUrl=queue, MessageBody="work")
    refused(function.client("sqs").delete_queue, QueueUrl=queue)
    refused(function.client("iam").create_user, UserName="somebody")
    refused(function.client("s3").get_object, Bucket=_STATES, Key="production/quiz.tfstate")
