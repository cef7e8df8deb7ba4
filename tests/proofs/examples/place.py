"""An example where it is applied: a folder like the root of a checkout, and an account."""

import json
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, Self

import boto3

from tests.proofs.examples.wording import REGION, Wording
from tests.terraform.examples import Example
from tools import terraform
from tools.paths import BUILD, ROOT
from tools.stack import emulator

_PACKAGE = re.compile(r'"([\w./-]+\.zip)"')
_HANDLER = re.compile(r'^ +handler += "([\w.]+)\.handler"$', re.MULTILINE)
_MODULE = re.compile(r'^module "(\w+)" \{\n +source = "\./modules/(\w+)"$', re.MULTILINE)
_PROVIDER = f'provider "aws" {{\n  region = "{REGION}"\n}}\n'
# Most of the time it waits for what the provider looks at again and again.
_AT_ONCE = "-parallelism=30"
# What refuses to be deleted: a bucket while it holds something, if only versions of before.
_PROTECTED = ("api", "bucket", "tables")
# For what the READMEs leave to the reader: functions of the reader's own.
_READERS_FUNCTION = "def handler(event, context):\n    return {'statusCode': 200, 'body': 'heard'}\n"

# One for all, because it reads what a service is like but once.
_session: Any = boto3.Session()
_making = Lock()


@dataclass(frozen=True)
class Place:
    """One example, one folder, one account."""

    directory: Path
    url: str
    code: str

    @classmethod
    def make(cls, example: Example, directory: Path, url: str) -> Self:
        """Write everything down that the README takes for granted, and initialise."""
        place = cls(directory, url, example.code)
        (directory / "main.tf").write_text(example.code)
        (directory / "provider.tf").write_text(_PROVIDER)
        (directory / "modules").symlink_to(ROOT / "modules")
        shutil.copy(ROOT / ".terraform.lock.hcl", directory)
        for package in set(_PACKAGE.findall(example.code)):
            _provide(directory / package, _HANDLER.findall(example.code))
        terraform.init(["-input=false", "-lockfile=readonly"], directory, place.variables)
        return place

    @property
    def variables(self) -> dict[str, str]:
        """What Terraform needs in its environment; with more memory it is quicker."""
        addresses = {"AWS_REGION": REGION, "AWS_ENDPOINT_URL_S3": self.url}
        return {**emulator.credentials(self.url), **addresses, "GOGC": "200"}

    def apply(self, *options: str) -> None:
        """Raises TerraformFailed."""
        self._run("apply", "-auto-approve", *options)

    def destroy(self) -> None:
        """As it was when it was planned last, so there is nothing to read again."""
        self._run("destroy", "-auto-approve", "-refresh=false")

    def changes(self) -> Iterator[tuple[str, str]]:
        """Type and action of each change that another plan would make."""
        for line in self._run("plan", "-json").splitlines():
            message = json.loads(line)
            if message["type"] == "planned_change":
                change = message["change"]
                yield change["resource"]["resource_type"], change["action"]

    def unprotect(self) -> None:
        """Let everything be deleted, as whoever takes it down has to say first."""
        said = [
            f'module "{name}" {{\n  deletion_protection = false\n}}\n'
            for name, module in _MODULE.findall(self.code)
            if module in _PROTECTED
        ]
        if said:
            (self.directory / "unprotected_override.tf").write_text("\n".join(said))
            self.apply("-refresh=false")

    def words(self, wording: Wording) -> None:
        """From now on it is worded otherwise."""
        (self.directory / "wording_override.tf").write_text(wording.instead)

    def outputs(self) -> dict[str, Any]:
        """What the example puts out."""
        shown = json.loads(terraform.run(["output", "-json"], self.directory, self.variables))
        return {name: output["value"] for name, output in shown.items()}

    def client(self, service: str) -> Any:
        """A client of the account, as its administrator."""
        # Making clients is what a session cannot do for several threads at once.
        with _making:
            return _session.client(
                service,
                endpoint_url=self.url,
                region_name=REGION,
                aws_access_key_id=emulator.ACCESS_KEY_ID,
                aws_secret_access_key=emulator.SECRET_ACCESS_KEY,
            )

    def invoke(self, function: str, event: Any) -> Any:
        """What a function answers by its alias, as whoever calls it for good reason does."""
        answer = self.client("lambda").invoke(FunctionName=f"{function}:live", Payload=json.dumps(event))
        told = answer["Payload"].read()
        assert "FunctionError" not in answer, told
        return json.loads(told)

    def _run(self, command: str, *options: str) -> str:
        arguments = [command, "-input=false", "-no-color", "-lock=false", _AT_ONCE, *options]
        return terraform.run(arguments, self.directory, self.variables)


def _provide(package: Path, handlers: Iterable[str]) -> None:
    """The platform's own package, or one for the reader's functions."""
    package.parent.mkdir(parents=True, exist_ok=True)
    ours = BUILD / "local" / package.name
    if ours.exists():
        package.symlink_to(ours)
        return
    with zipfile.ZipFile(package, "w") as archive:
        for handler in handlers:
            archive.writestr(f"{handler.replace('.', '/')}.py", _READERS_FUNCTION)
