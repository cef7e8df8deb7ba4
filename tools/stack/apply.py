"""Terraform against the emulator, as a stream of progress instead of a wall of text."""

import json
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

import psutil

from tools.paths import LOCAL, ROOT
from tools.stack import emulator, redis
from tools.stack.fit import Unusable, is_unknown_to_the_state
from tools.stack.processes import running
from tools.terraform import TerraformFailed, environment, init
from tools.terraform import outputs as terraform_outputs
from tools.terraform.binary import terraform

BACKEND = ROOT / "environments" / "local.s3.tfbackend"
VARIABLES = ROOT / "environments" / "local.tfvars"
_STATE_BUCKET = "quiz-local-state"
# Twice what the slowest resource takes on a busy machine.
_SECONDS_TO_STALL = 120
_SECONDS_TO_END = 10


def variables(url: str) -> dict[str, str]:
    """What Terraform needs in its environment to work on the emulator, beside a person's own working copy."""
    return {
        **emulator.credentials(url),
        "AWS_ENDPOINT_URL_S3": url,
        "TF_DATA_DIR": str(LOCAL / "terraform-local"),
    }


def settings() -> list[str]:
    """Options that fill in the local environment's variables. Its cache listens where its Redis does."""
    options = [f"-var-file={VARIABLES}"]
    if server := running(redis.NAME):
        own = {"port": server.port, "replicas": 1, "tls": False, "iam_auth": False}
        options.append(f"-var=cache={json.dumps({'own': own})}")
    return options


def initialise(url: str) -> str:
    """Make the state bucket and initialise; returns where the provider came from."""
    emulator.client("s3", url).create_bucket(Bucket=_STATE_BUCKET)
    return init(
        ["-input=false", "-lockfile=readonly", "-reconfigure", f"-backend-config={BACKEND}"], extra=variables(url)
    )


class Changes(NamedTuple):
    """How much an apply changed, and whether functions that had served before got other code."""

    number: int
    of_code: bool


def apply(url: str, progress: Callable[[int, int], None]) -> Changes:
    """Apply the local environment, reporting (done, planned) changes."""
    planned = done = 0
    of_code = False
    moved = time.monotonic()
    for message in _messages(["apply", "-auto-approve", "-input=false", "-json", *settings()], url):
        # What is said of a resource every ten seconds until it is there.
        if message["type"] != "apply_progress":
            moved = time.monotonic()
        elif time.monotonic() - moved > _SECONDS_TO_STALL:
            raise Unusable("nothing moved for minutes: the emulator owes an answer")
        planned += message["type"] == "planned_change"
        done += message["type"] == "apply_complete" and message["hook"]["action"] != "read"
        of_code |= message["type"] == "apply_complete" and _is_release(message["hook"])
        progress(done, planned)
    return Changes(done, of_code)


def outputs(url: str) -> dict[str, Any]:
    """The outputs of what is applied."""
    return terraform_outputs(variables(url))


def _is_release(hook: Mapping[str, Any]) -> bool:
    return bool(hook["action"] == "update" and hook["resource"]["resource_type"] == "aws_lambda_alias")


def _messages(arguments: list[str], url: str) -> Iterator[Mapping[str, Any]]:
    errors = []
    with subprocess.Popen(
        [terraform(), *arguments],
        cwd=ROOT,
        env=environment(variables(url)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None  # noqa: S101  # it is a pipe
        try:
            for line in process.stdout:
                try:
                    message = json.loads(line)
                except ValueError:
                    errors.append(line.strip())
                    continue
                if message.get("@level") == "error":
                    errors.append(_readable(message))
                yield message
        finally:
            _end(process)
    if process.returncode:
        raise _failure("\n".join(errors))


def _failure(errors: str) -> Exception:
    if is_unknown_to_the_state(errors):
        return Unusable(f"something is there of which the state does not know:\n{errors}")
    return TerraformFailed(errors)


def _end(process: "subprocess.Popen[str]") -> None:
    """Wait for Terraform if it has said everything; with its plugins it is ended if nobody listens any more."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(_SECONDS_TO_END)
        return
    with suppress(psutil.NoSuchProcess):
        for child in psutil.Process(process.pid).children(recursive=True):
            child.kill()
    process.kill()


def _readable(message: Mapping[str, Any]) -> str:
    diagnostic = message.get("diagnostic", {})
    return "\n".join(filter(None, [diagnostic.get("address"), message["@message"], diagnostic.get("detail")]))
