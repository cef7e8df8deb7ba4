"""An account of these proofs' own: an emulator that enforces IAM, and the bootstrap as an administrator applies it."""

import base64
import json
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
from botocore import UNSIGNED
from botocore.config import Config

from tests.terraform.bootstrap import copy
from tools import terraform
from tools.paths import ROOT
from tools.stack import emulator
from tools.stack.processes import Server, free_port
from tools.terraform.binary import terraform as binary

ID = "000000000000"
REPOSITORY = "my-company/quiz-platform"
# What tells the S3 backend that it talks to an emulator.
BACKEND = [
    f"-backend-config={setting}=true"
    for setting in (
        *("skip_credentials_validation", "skip_metadata_api_check", "skip_requesting_account_id", "use_path_style"),
    )
]
_SETTINGS = f"""
account_id   = "{ID}"
region       = "{emulator.REGION}"
repository   = "{REPOSITORY}"
environments = ["production", "staging"]
"""
_SECONDS_TO_START = 60


@contextmanager
def running(home: Path) -> Iterator[str]:
    """The address of a new emulator, which holds nothing and enforces IAM."""
    port = free_port()
    environment = {**emulator._environment(port, 0), "S3_DATA_DIR": str(home / "s3")}
    command = [emulator.prepare() / "bin" / "ministack"]
    with (
        (home / "log").open("wb") as log,
        subprocess.Popen(
            command, env=environment, cwd=home, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        ) as process,
    ):
        try:
            deadline = time.monotonic() + _SECONDS_TO_START
            while not emulator._answers(port):
                assert process.poll() is None, (home / "log").read_text(errors="replace")[-2000:]
                assert time.monotonic() < deadline, "the emulator did not come up"
                time.sleep(0.05)
            yield emulator.endpoint(Server(0, 0, port))
        finally:
            process.kill()


@dataclass(frozen=True)
class Person:
    """Somebody with credentials: an administrator, or a workflow that signed in."""

    url: str
    keys: Mapping[str, str]

    @property
    def variables(self) -> dict[str, str]:
        """What Terraform needs in its environment."""
        return {
            "AWS_REGION": emulator.REGION,
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ENDPOINT_URL_S3": self.url,
            **self.keys,
        }

    def client(self, service: str) -> Any:
        """A client that calls as this person."""
        session: Any = boto3.Session(
            region_name=emulator.REGION,
            aws_access_key_id=self.keys["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=self.keys["AWS_SECRET_ACCESS_KEY"],
            aws_session_token=self.keys.get("AWS_SESSION_TOKEN"),
        )
        return session.client(service, endpoint_url=self.url)

    def terraform(self, directory: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a Terraform command, which may fail."""
        return subprocess.run(
            [binary(), f"-chdir={directory}", *arguments, "-no-color"],
            env=terraform.environment(self.variables),
            capture_output=True,
            text=True,
            check=False,
        )


@dataclass(frozen=True)
class Account:
    """The account after the bootstrap, and where it was applied from."""

    administrator: Person
    directory: Path

    def sign_in(self, role: str, subject: str, audience: str = "sts.amazonaws.com") -> Person:
        """As a job of GitHub's signs in. The emulator believes a token's signature, and judges what it says."""
        claims = {"iss": "https://token.actions.githubusercontent.com", "aud": audience, "sub": subject}
        token = ".".join([_part({"alg": "RS256"}), _part(claims), "eA"])
        url = self.administrator.url
        sts = boto3.client(
            "sts", endpoint_url=url, region_name=emulator.REGION, config=Config(signature_version=UNSIGNED)
        )
        given = sts.assume_role_with_web_identity(
            RoleArn=f"arn:aws:iam::{ID}:role/{role}", RoleSessionName="workflow", WebIdentityToken=token
        )
        return Person(url, keys(given["Credentials"]))


def keys(credentials: Mapping[str, Any]) -> dict[str, str]:
    """Credentials of a session as environment variables."""
    return {
        "AWS_ACCESS_KEY_ID": credentials["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": credentials["SecretAccessKey"],
        "AWS_SESSION_TOKEN": credentials["SessionToken"],
    }


def bootstrapped(url: str, directory: Path) -> Account:
    """Apply with a local state, as the README says."""
    administrator = Person(url, emulator.credentials(url))
    copy(directory)
    (directory / "terraform.tfvars").write_text(_SETTINGS)
    initialise(directory, administrator)
    applied = administrator.terraform(directory, "apply", "-auto-approve")
    assert not applied.returncode, applied.stdout + applied.stderr
    return Account(administrator, directory)


def initialise(directory: Path, person: Person, arguments: Sequence[str] = ()) -> None:
    """Initialise with the provider that the repository has locked."""
    (directory / ".terraform.lock.hcl").write_text((ROOT / "bootstrap" / ".terraform.lock.hcl").read_text())
    terraform.init(["-input=false", "-lockfile=readonly", *arguments], directory, person.variables)


def _part(claims: Mapping[str, str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
