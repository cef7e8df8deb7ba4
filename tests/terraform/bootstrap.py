"""The bootstrap as it would be after an apply, filled in with the settings that its README shows."""

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.terraform import sandbox
from tests.terraform.plans import Resources
from tests.terraform.resolved import address_of, arn, resolve
from tests.terraform.sandbox import Sandbox
from tools.paths import ROOT
from tools.terraform.offline import OFFLINE

BOOTSTRAP = ROOT / "bootstrap"
ACCOUNT = "123456789012"
REGION = "eu-central-1"
STATE_BUCKET = f"arn:aws:s3:::quiz-{ACCOUNT}-state"
STATE_KEY = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/11111111-2222-3333-4444-555555555555"
BOUNDARY = f"arn:aws:iam::{ACCOUNT}:policy/quiz-boundary"

_REAL = {"aws_s3_bucket.state": STATE_BUCKET, "aws_kms_key.state": STATE_KEY, "aws_iam_policy.boundary": BOUNDARY}
_SETTINGS = re.compile(r"^`bootstrap/terraform\.tfvars`:\n\n```hcl\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def settings() -> str:
    """The settings in the README."""
    [found] = _SETTINGS.findall((BOOTSTRAP / "README.md").read_text())
    return str(found)


@dataclass(frozen=True)
class Bootstrap:
    """Its resources, with policies that name the bucket, the key and the boundary as AWS would."""

    resources: Resources

    def trust(self, role: str) -> list[Mapping[str, object]]:
        """The statements of the trust policy of a role."""
        statements: list[Mapping[str, object]] = json.loads(self._role(role))["Statement"]
        return statements

    def policies(self, role: str) -> list[str]:
        """What a role may do, AWS's own policies apart."""
        own = self.resources.of_type("aws_iam_policy")
        attached = [
            own[address_of(attachment["policy_arn"])]["policy"]
            for attachment in self.resources.of_type("aws_iam_role_policy_attachment").values()
            if attachment["role"] == role and address_of(attachment["policy_arn"]) in own
        ]
        inline = [
            policy["policy"]
            for policy in self.resources.of_type("aws_iam_role_policy").values()
            if address_of(policy["role"]) == role or policy["role"] == role
        ]
        return [_real(document) for document in [*attached, *inline]]

    @property
    def boundary(self) -> str:
        """The policy that is the boundary."""
        return _real(self.resources.by_address["aws_iam_policy.boundary"]["policy"])

    def _role(self, name: str) -> str:
        [role] = [role for role in self.resources.of_type("aws_iam_role").values() if role["name"] == name]
        return str(role["assume_role_policy"])


@cache
def resolved(box: Sandbox) -> Bootstrap:
    """Planned once, however many tests look at it."""
    directory = box.beside("bootstrap")
    copy(directory)
    (directory / "provider_override.tf").write_text(OFFLINE)
    variables = directory / "terraform.tfvars"
    variables.write_text(settings())
    return Bootstrap(resolve(directory, sandbox.plan(directory), [variables]))


def copy(directory: Path) -> None:
    """Without backend.tf: it is written by whoever applied, and names their bucket."""
    for file in BOOTSTRAP.glob("*.tf"):
        if file.name != "backend.tf":
            shutil.copy(file, directory)


def _real(document: str) -> str:
    for address, real in _REAL.items():
        document = document.replace(arn(address), real)
    return document
