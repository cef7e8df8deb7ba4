"""The bootstrap applied: what is there then, that it stays, and that its state moves into the bucket that it made."""

import json
from typing import Any

import pytest

from tests.proofs.bootstrap.account import BACKEND, ID, Account, initialise

_BUCKET = f"quiz-{ID}-state"
_NO_CHANGES = "No changes. Your infrastructure matches the configuration."


def _outputs(account: Account) -> dict[str, Any]:
    shown = json.loads(account.administrator.terraform(account.directory, "output", "-json").stdout)
    return {name: output["value"] for name, output in shown.items()}


def test_its_outputs_are_what_environments_and_workflows_name(account: Account) -> None:
    found = _outputs(account)
    del found["backend"]
    assert found == {
        "apply_role_arns": {
            "production": f"arn:aws:iam::{ID}:role/quiz-apply-production",
            "staging": f"arn:aws:iam::{ID}:role/quiz-apply-staging",
        },
        "permissions_boundary_arn": f"arn:aws:iam::{ID}:policy/quiz-boundary",
        "plan_role_arn": f"arn:aws:iam::{ID}:role/quiz-plan",
        "state_bucket": _BUCKET,
    }


class TestBucket:
    @pytest.fixture
    def s3(self, account: Account) -> Any:
        return account.administrator.client("s3")

    def test_it_keeps_earlier_versions_for_a_while(self, s3: Any) -> None:
        assert s3.get_bucket_versioning(Bucket=_BUCKET)["Status"] == "Enabled"
        [rule] = s3.get_bucket_lifecycle_configuration(Bucket=_BUCKET)["Rules"]
        assert rule["NoncurrentVersionExpiration"] == {"NoncurrentDays": 90}
        assert "Expiration" not in rule

    def test_it_encrypts_with_its_own_key(self, account: Account, s3: Any) -> None:
        [rule] = s3.get_bucket_encryption(Bucket=_BUCKET)["ServerSideEncryptionConfiguration"]["Rules"]
        default = rule["ApplyServerSideEncryptionByDefault"]
        kms = account.administrator.client("kms")
        key = kms.describe_key(KeyId="alias/quiz-state")["KeyMetadata"]
        assert default == {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key["Arn"]}
        assert kms.get_key_rotation_status(KeyId=key["KeyId"])["KeyRotationEnabled"]

    def test_its_key_is_tagged_as_no_environments(self, account: Account) -> None:
        """Roles that apply are denied what carries another environment's tag, and they all need this key."""
        kms = account.administrator.client("kms")
        key = kms.describe_key(KeyId="alias/quiz-state")["KeyMetadata"]["KeyId"]
        tags = {tag["TagKey"]: tag["TagValue"] for tag in kms.list_resource_tags(KeyId=key)["Tags"]}
        assert tags == {"application": "quiz-platform", "part": "bootstrap"}

    def test_nobody_outside_comes_near_it(self, s3: Any) -> None:
        blocked = s3.get_public_access_block(Bucket=_BUCKET)["PublicAccessBlockConfiguration"]
        assert set(blocked.values()) == {True}
        assert len(blocked) == 4
        [rule] = s3.get_bucket_ownership_controls(Bucket=_BUCKET)["OwnershipControls"]["Rules"]
        assert rule == {"ObjectOwnership": "BucketOwnerEnforced"}

    def test_it_is_closed_to_plain_http(self, s3: Any) -> None:
        [statement] = json.loads(s3.get_bucket_policy(Bucket=_BUCKET)["Policy"])["Statement"]
        assert (statement["Effect"], statement["Action"], statement["Principal"]) == ("Deny", "s3:*", "*")
        assert statement["Condition"]["Bool"] == {"aws:SecureTransport": "false"}
        assert set(statement["Resource"]) == {f"arn:aws:s3:::{_BUCKET}", f"arn:aws:s3:::{_BUCKET}/*"}

    def test_terraform_refuses_to_destroy_it(self, account: Account) -> None:
        refused = account.administrator.terraform(account.directory, "plan", "-destroy")
        assert refused.returncode
        assert "Instance cannot be destroyed" in refused.stderr
        assert "aws_s3_bucket.state" in refused.stderr


def test_its_state_moves_into_the_bucket_and_nothing_changes(account: Account) -> None:
    administrator, directory = account.administrator, account.directory
    (directory / "backend.tf").write_text(_outputs(account)["backend"])
    initialise(directory, administrator, ["-migrate-state", "-force-copy", *BACKEND])
    (directory / "terraform.tfstate").unlink()
    moved = administrator.client("s3").get_object(Bucket=_BUCKET, Key="bootstrap/quiz.tfstate")
    assert moved["ServerSideEncryption"] == "aws:kms"
    assert json.loads(moved["Body"].read())["outputs"]["state_bucket"]["value"] == _BUCKET
    assert _NO_CHANGES in administrator.terraform(directory, "plan").stdout
    assert not administrator.terraform(directory, "fmt", "-check", "backend.tf").stdout
