"""One initialised copy of the configuration, and the root planned once per way of filling in its variables."""

import os
from collections.abc import Iterator

import pytest

from tests.terraform import sandbox
from tests.terraform.plans import Plan, Resources
from tests.terraform.resolved import resolve
from tests.terraform.sandbox import Sandbox
from tools.paths import ROOT

LOCAL = ROOT / "environments" / "local.tfvars"

# What has no default, so that everything else is what an environment gets without asking.
REQUIRED = {
    "account_id": "123456789012",
    "alerts": {"runbook_url": "https://example.com/runbooks"},
    "environment": "prod",
    "region": "eu-central-1",
}


# Settings of the shell that would reach another state, other variables or a real account.
_AMBIENT = ("AWS_", "TF_CLI_ARGS", "TF_DATA_DIR", "TF_LOG", "TF_VAR_", "TF_WORKSPACE")


@pytest.fixture(scope="package", autouse=True)
def plain_environment() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        for name in [name for name in os.environ if name.startswith(_AMBIENT)]:
            patched.delenv(name)
        yield


@pytest.fixture(scope="package")
def box(plain_environment: None, tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    return Sandbox.make(tmp_path_factory.mktemp("terraform"))


@pytest.fixture(scope="package")
def local_plan(box: Sandbox) -> Plan:
    return sandbox.plan(box.root, files=[LOCAL])


@pytest.fixture(scope="package")
def local(box: Sandbox, local_plan: Plan) -> Resources:
    """The laptop's environment with everything filled in that AWS would tell."""
    return resolve(box.root, local_plan, [LOCAL])


@pytest.fixture(scope="package")
def default_plan(box: Sandbox) -> Plan:
    """An environment that says only what it has to."""
    return sandbox.plan(box.root, variables=REQUIRED)


@pytest.fixture(scope="package")
def lock_file() -> str:
    return (ROOT / ".terraform.lock.hcl").read_text()
