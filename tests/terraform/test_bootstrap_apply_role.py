"""The roles that apply: each within the names of its environment, and none can free itself or what it makes."""

from collections.abc import Mapping

import pytest

from tests.terraform.bootstrap import ACCOUNT, BOUNDARY, REGION, STATE_BUCKET, STATE_KEY, resolved
from tests.terraform.iam import Request, allows
from tests.terraform.sandbox import Sandbox

_IAM = f"arn:aws:iam::{ACCOUNT}"
_BOUNDED = {"iam:PermissionsBoundary": BOUNDARY}
_HERE = {"aws:RequestedRegion": REGION}
_TO_LAMBDA = {"iam:PassedToService": "lambda.amazonaws.com"}
_FITTING = {**_HERE, **_BOUNDED, **_TO_LAMBDA}


def _of(service: str, rest: str) -> str:
    return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{rest}"


# Whatever has a name, of this environment or of another one.
_NAMED = [
    ("cloudwatch:PutMetricAlarm", _of("cloudwatch", "alarm:quiz-{}-dead-letters")),
    ("cloudwatch:PutDashboard", f"arn:aws:cloudwatch::{ACCOUNT}:dashboard/quiz-{{}}-business"),
    ("dynamodb:DeleteTable", _of("dynamodb", "table/quiz-{}-results")),
    ("elasticache:DeleteReplicationGroup", _of("elasticache", "replicationgroup:quiz-{}-cache")),
    ("events:DeleteEventBus", _of("events", "event-bus/quiz-{}")),
    ("events:PutRule", _of("events", "rule/quiz-{}/quiz-{}-quiz-control")),
    ("iam:DeleteRole", f"{_IAM}:role/quiz-{{}}-http"),
    ("iam:PassRole", f"{_IAM}:role/quiz-{{}}-http"),
    ("iam:PutRolePolicy", f"{_IAM}:role/quiz-{{}}-http"),
    ("kms:UpdateAlias", _of("kms", "alias/quiz-{}-alerts")),
    ("lambda:UpdateFunctionCode", _of("lambda", "function:quiz-{}-http")),
    ("logs:DeleteLogGroup", _of("logs", "log-group:/aws/lambda/quiz-{}-http")),
    ("s3:DeleteBucket", f"arn:aws:s3:::quiz-{{}}-{ACCOUNT}-results"),
    ("s3:GetObject", f"{STATE_BUCKET}/{{}}/quiz.tfstate"),
    ("s3:PutObject", f"{STATE_BUCKET}/{{}}/quiz.tfstate"),
    ("scheduler:DeleteScheduleGroup", _of("scheduler", "schedule-group/quiz-{}-sessions")),
    ("sns:DeleteTopic", _of("sns", "quiz-{}-alerts")),
    ("sqs:PurgeQueue", _of("sqs", "quiz-{}-submissions.fifo")),
    ("xray:DeleteSamplingRule", _of("xray", "sampling-rule/quiz-{}")),
]

# What has an id, by the environment that its tag names.
_TAGGED = [
    ("apigateway:DELETE", f"arn:aws:apigateway:{REGION}::/apis/a1b2c3"),
    ("cognito-idp:DeleteUserPool", _of("cognito-idp", "userpool/eu-central-1_abc")),
    ("ec2:DeleteVpc", _of("ec2", "vpc/vpc-1")),
    ("kms:PutKeyPolicy", _of("kms", "key/2222")),
    ("kms:ScheduleKeyDeletion", _of("kms", "key/2222")),
    ("lambda:DeleteEventSourceMapping", _of("lambda", "event-source-mapping:3333")),
]


# Everything that could free a role or a policy of what binds it.
_ON_ROLES = [
    *["AttachRolePolicy", "CreateRole", "DeleteRole", "DeleteRolePermissionsBoundary", "DeleteRolePolicy"],
    *["DetachRolePolicy", "PassRole", "PutRolePermissionsBoundary", "PutRolePolicy", "TagRole", "UntagRole"],
    *["UpdateAssumeRolePolicy", "UpdateRole"],
]
_ON_POLICIES = ["CreatePolicy", "CreatePolicyVersion", "DeletePolicy", "DeletePolicyVersion", "SetDefaultPolicyVersion"]
_PROVIDER = f"{_IAM}:oidc-provider/token.actions.githubusercontent.com"


@pytest.fixture(scope="module")
def staging(box: Sandbox) -> list[str]:
    return resolved(box).policies("quiz-apply-staging")


@pytest.mark.parametrize(("action", "resource"), _NAMED, ids=lambda value: value)
def test_a_name_is_open_in_its_own_environment_alone(staging: list[str], action: str, resource: str) -> None:
    assert allows(staging, Request(action, resource.replace("{}", "staging"), _FITTING))
    for other in ("production", "stagin", "apply-staging"):
        assert not allows(staging, Request(action, resource.replace("{}", other), _FITTING))


@pytest.mark.parametrize(("action", "resource"), _TAGGED, ids=lambda value: value)
def test_what_has_no_name_is_kept_from_other_environments_by_its_tag(
    staging: list[str], action: str, resource: str
) -> None:
    for environment in ("staging", "production"):
        context = {**_HERE, "aws:ResourceTag/environment": environment}
        assert allows(staging, Request(action, resource, context)) == (environment == "staging")


@pytest.mark.parametrize("action", ["apigateway:POST", "cognito-idp:CreateUserPool", "ec2:CreateVpc", "kms:CreateKey"])
def test_what_has_no_name_is_made_in_the_region_alone(staging: list[str], action: str) -> None:
    assert allows(staging, Request(action, "*", _HERE))
    assert not allows(staging, Request(action, "*", {"aws:RequestedRegion": "us-west-2"}))


class TestRoles:
    @pytest.mark.parametrize("action", ["AttachRolePolicy", "CreateRole", "DeleteRolePolicy", "PutRolePolicy"])
    @pytest.mark.parametrize(
        "context", [{}, {"iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess"}]
    )
    def test_none_is_made_or_changed_outside_the_boundary(
        self, staging: list[str], action: str, context: Mapping[str, str]
    ) -> None:
        assert not allows(staging, Request(f"iam:{action}", f"{_IAM}:role/quiz-staging-http", context))

    def test_none_is_freed_of_the_boundary(self, staging: list[str]) -> None:
        role = f"{_IAM}:role/quiz-staging-http"
        assert not allows(staging, Request("iam:DeleteRolePermissionsBoundary", role, _FITTING))

    @pytest.mark.parametrize("role", ["quiz-apply-production", "quiz-apply-staging", "quiz-plan", "somebody"])
    @pytest.mark.parametrize("action", _ON_ROLES)
    def test_those_of_the_workflows_and_of_others_are_out_of_reach(
        self, staging: list[str], action: str, role: str
    ) -> None:
        assert not allows(staging, Request(f"iam:{action}", f"{_IAM}:role/{role}", _FITTING))

    @pytest.mark.parametrize("policy", ["quiz-apply-staging", "quiz-apply-staging-unnamed", "quiz-boundary"])
    @pytest.mark.parametrize("action", _ON_POLICIES)
    def test_so_are_the_policies(self, staging: list[str], action: str, policy: str) -> None:
        assert not allows(staging, Request(f"iam:{action}", f"{_IAM}:policy/{policy}", _FITTING))

    @pytest.mark.parametrize("service", ["ec2", "cloudformation", "glue"])
    def test_none_is_passed_elsewhere(self, staging: list[str], service: str) -> None:
        context = {"iam:PassedToService": f"{service}.amazonaws.com"}
        assert not allows(staging, Request("iam:PassRole", f"{_IAM}:role/quiz-staging-http", context))

    @pytest.mark.parametrize(("service", "allowed"), [("elasticache", True), ("organizations", False)])
    def test_services_make_their_own_where_they_are_used(self, staging: list[str], service: str, allowed: bool) -> None:
        host = f"{service}.amazonaws.com"
        role = f"{_IAM}:role/aws-service-role/{host}/AWSServiceRole"
        request = Request("iam:CreateServiceLinkedRole", role, {"iam:AWSServiceName": host})
        assert allows(staging, request) == allowed


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("iam:CreateUser", f"{_IAM}:user/quiz-staging-somebody"),
        ("iam:CreateAccessKey", f"{_IAM}:user/somebody"),
        ("iam:DeleteOpenIDConnectProvider", _PROVIDER),
        ("iam:AddClientIDToOpenIDConnectProvider", _PROVIDER),
        ("kms:PutKeyPolicy", STATE_KEY),
        ("kms:ScheduleKeyDeletion", STATE_KEY),
        ("kms:TagResource", STATE_KEY),
        ("kms:UpdateAlias", _of("kms", "alias/quiz-state")),
        ("organizations:LeaveOrganization", "*"),
        ("s3:DeleteBucket", STATE_BUCKET),
        ("s3:DeleteObjectVersion", f"{STATE_BUCKET}/staging/quiz.tfstate"),
        ("s3:GetObject", f"{STATE_BUCKET}/bootstrap/quiz.tfstate"),
        ("s3:PutBucketPolicy", STATE_BUCKET),
        ("s3:PutBucketVersioning", STATE_BUCKET),
        ("sts:AssumeRole", f"{_IAM}:role/quiz-apply-production"),
    ],
)
def test_what_the_bootstrap_made_is_used_and_not_changed(staging: list[str], action: str, resource: str) -> None:
    assert not allows(staging, Request(action, resource, _FITTING))
