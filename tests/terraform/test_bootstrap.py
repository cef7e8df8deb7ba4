"""The bootstrap, planned offline: who may sign in, what binds whatever the platform creates, how large it all is."""

import json
from collections.abc import Iterator

import pytest

from tests.terraform.bootstrap import ACCOUNT, BOOTSTRAP, BOUNDARY, REGION, STATE_BUCKET, STATE_KEY, Bootstrap, resolved
from tests.terraform.iam import Request, allows
from tests.terraform.plans import Resources
from tests.terraform.policies import statements
from tests.terraform.sandbox import Sandbox
from tools.paths import ROOT

_ISSUER = "token.actions.githubusercontent.com"
_SUBJECTS = {
    "quiz-plan": ["repo:my-company/quiz-platform:pull_request", "repo:my-company/quiz-platform:ref:refs/heads/main"],
    "quiz-apply-production": "repo:my-company/quiz-platform:environment:production",
    "quiz-apply-staging": "repo:my-company/quiz-platform:environment:staging",
}
# Characters that AWS allows, white space apart.
_MOST = {"aws_iam_policy": 6_144, "aws_iam_role_policy": 10_240}
# The role that API Gateway writes logs with has AWS's own policy, which nobody can narrow.
_LOG_DELIVERY = {
    "logs:CreateLogGroup",
    "logs:CreateLogStream",
    "logs:DescribeLogGroups",
    "logs:DescribeLogStreams",
    "logs:FilterLogEvents",
    "logs:GetLogEvents",
    "logs:PutLogEvents",
}
# Granted where an environment asks for it: signing in to its cache, a recommender, a chat for its alerts.
_ON_REQUEST = {"elasticache:Connect", "personalize:GetRecommendations", "ssm:GetParameter"}


@pytest.fixture(scope="module")
def bootstrap(box: Sandbox) -> Bootstrap:
    return resolved(box)


class TestSigningIn:
    @pytest.mark.parametrize("role", _SUBJECTS)
    def test_a_role_lets_in_its_own_subjects_alone(self, bootstrap: Bootstrap, role: str) -> None:
        assert bootstrap.trust(role) == [
            {
                "Effect": "Allow",
                "Action": "sts:AssumeRoleWithWebIdentity",
                "Principal": {"Federated": "arn:aws:test:::aws_iam_openid_connect_provider.github[0]"},
                "Condition": {
                    "StringEquals": {f"{_ISSUER}:aud": "sts.amazonaws.com", f"{_ISSUER}:sub": _SUBJECTS[role]}
                },
            }
        ]

    def test_there_is_no_other_role(self, bootstrap: Bootstrap) -> None:
        assert {role["name"] for role in bootstrap.resources.of_type("aws_iam_role").values()} == set(_SUBJECTS)

    def test_tokens_come_from_github_and_are_for_aws(self, bootstrap: Bootstrap) -> None:
        [provider] = bootstrap.resources.of_type("aws_iam_openid_connect_provider").values()
        assert (provider["url"], provider["client_id_list"]) == (f"https://{_ISSUER}", ["sts.amazonaws.com"])


class TestBoundary:
    def test_it_has_room_for_every_grant_of_the_platform_and_for_nothing_else(
        self, bootstrap: Bootstrap, local: Resources
    ) -> None:
        granted = {action for grant in _grants(local) for action in grant}
        allowed = {
            action
            for statement in statements(bootstrap.boundary)
            if statement.effect == "Allow"
            for action in statement.actions
        }
        assert allowed == granted | _LOG_DELIVERY | _ON_REQUEST

    def test_no_action_of_it_is_a_pattern_or_about_permissions(self, bootstrap: Bootstrap) -> None:
        allowed = {action for statement in statements(bootstrap.boundary) for action in statement.actions}
        assert not {
            action for action in allowed if "*" in action or action.split(":")[0] in {"iam", "organizations", "sts"}
        }

    @pytest.mark.parametrize(
        ("action", "resource", "context", "allowed"),
        [
            (
                "s3:GetObject",
                f"arn:aws:s3:::quiz-staging-{ACCOUNT}-results/key",
                {"aws:ResourceAccount": ACCOUNT},
                True,
            ),
            ("s3:GetObject", "arn:aws:s3:::others/key", {"aws:ResourceAccount": "210987654321"}, False),
            ("s3:GetObject", f"{STATE_BUCKET}/staging/quiz.tfstate", {"aws:ResourceAccount": ACCOUNT}, False),
            ("s3:PutObject", f"{STATE_BUCKET}/staging/quiz.tfstate", {"aws:ResourceAccount": ACCOUNT}, False),
            ("kms:Decrypt", STATE_KEY, {"aws:ResourceAccount": ACCOUNT}, False),
            # What names no resource need not say whose it is.
            ("xray:PutTraceSegments", "*", {}, True),
        ],
    )
    def test_it_ends_at_the_account_and_before_the_states(
        self, bootstrap: Bootstrap, action: str, resource: str, context: dict[str, str], allowed: bool
    ) -> None:
        assert allows([bootstrap.boundary], Request(action, resource, context)) == allowed


def _grants(found: Resources) -> Iterator[frozenset[str]]:
    for policy in found.of_type("aws_iam_role_policy").values():
        yield from (statement.actions for statement in statements(policy["policy"]))


class TestForm:
    def test_every_policy_is_within_the_limits_of_aws(self, bootstrap: Bootstrap) -> None:
        for kind, most in _MOST.items():
            for address, policy in bootstrap.resources.of_type(kind).items():
                assert len(json.dumps(json.loads(policy["policy"]), separators=(",", ":"))) <= most, address

    def test_its_names_are_pinned(self, bootstrap: Bootstrap) -> None:
        """Environments and workflows name them."""
        names = {policy["name"] for policy in bootstrap.resources.of_type("aws_iam_policy").values()}
        assert BOUNDARY.rpartition("/")[2] in names
        [bucket] = bootstrap.resources.of_type("aws_s3_bucket").values()
        assert bucket["bucket"] == STATE_BUCKET.rpartition(":")[2]

    def test_it_uses_the_provider_of_the_platform(self, lock_file: str) -> None:
        assert (BOOTSTRAP / ".terraform.lock.hcl").read_text() == lock_file
        assert _pinned("bootstrap/versions.tf") == _pinned("versions.tf")

    def test_the_region_is_that_of_its_settings(self, bootstrap: Bootstrap) -> None:
        document = json.loads(bootstrap.policies("quiz-apply-staging")[1])
        regions = {one["Condition"]["StringEquals"]["aws:RequestedRegion"] for one in document["Statement"][:1]}
        assert regions == {REGION}


def _pinned(file: str) -> list[str]:
    text = (ROOT / file).read_text()
    return text[: text.index("    }\n  }\n")].splitlines()
