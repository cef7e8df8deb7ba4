"""An environment that is deployed: what Terraform put out, and AWS clients of it.

`local` is the stack on this machine, with its demo credentials; every other one is found by its state, and entered with
the caller's own credentials.
"""

from collections.abc import Mapping
from typing import Any

import boto3
from botocore import exceptions
from botocore.config import Config

from tools.environment import LOCAL_NAME, Refused, backend, extra, variables_file
from tools.stack import outputs as local_outputs
from tools.terraform import TerraformFailed, TerraformMissing, init
from tools.terraform import outputs as terraform_outputs

# What goes wrong between a person and an environment; `told` says each in a sentence.
FAILURES = (
    Refused,
    TerraformFailed,
    TerraformMissing,
    exceptions.BotoCoreError,
    exceptions.ClientError,
    local_outputs.StackDown,
)

_NO_CREDENTIALS = (
    exceptions.CredentialRetrievalError,
    exceptions.NoCredentialsError,
    exceptions.PartialCredentialsError,
    exceptions.ProfileNotFound,
    exceptions.SSOError,
    exceptions.TokenRetrievalError,
)
_STALE = {"ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId", "UnrecognizedClientException"}
_DENIED = {"AccessDenied", "AccessDeniedException", "AuthorizationError", "UnauthorizedOperation"}


class NothingDeployed(Refused):
    """An environment that no apply has reached yet."""


class Deployed:
    """One environment."""

    def __init__(self, name: str, known: Mapping[str, Any]) -> None:
        self.name = name
        self._known = known

    def has(self, output: str) -> bool:
        """Whether the environment puts this out."""
        return output in self._known

    def output(self, name: str) -> Any:
        """What the environment puts out under this name."""
        if name not in self._known:
            raise Refused(f"{self.name} has no output {name!r}: what is deployed there is older than this checkout")
        return self._known[name]

    @property
    def prefix(self) -> str:
        """What the names of everything in it begin with; the bus is called just so."""
        return str(self.output("event_bus_name"))

    def client(self, service: str, config: Config | None = None) -> Any:
        """An AWS client of the environment."""
        if self.name == LOCAL_NAME:
            return local_outputs.client(service, dict(self._known), config=config)
        # The name is not known to the type checker here, so neither is the client's type.
        make: Any = boto3.client
        return make(service, region_name=self.output("region"), config=config)


def find(name: str) -> Deployed:
    """The environment of this name."""
    variables_file(name)
    if name == LOCAL_NAME:
        return Deployed(name, local_outputs.read())
    try:
        known = terraform_outputs(extra(name))
    except TerraformFailed:
        # Never initialised here, or since then for another place.
        init(backend(name), extra=extra(name))
        known = terraform_outputs(extra(name))
    if not known:
        raise NothingDeployed(f"nothing is deployed in {name}; docs/deploying.md tells how")
    return Deployed(name, known)


def told(error: BaseException) -> str:
    """The failure in a sentence that says what to do, where that is known."""
    if isinstance(error, _NO_CREDENTIALS):
        return f"no AWS credentials ({error}): sign in, or set AWS_PROFILE"
    if isinstance(error, exceptions.EndpointConnectionError) and "//127.0.0.1:" in str(error):
        return f"{error}. The local stack comes up with: make up"
    if not isinstance(error, exceptions.ClientError):
        return str(error)
    code, operation = error.response["Error"]["Code"], error.operation_name
    message = error.response["Error"].get("Message", code)
    if code in _STALE:
        return f"AWS does not take these credentials any more ({code}): sign in again"
    if code in _DENIED:
        return f"you may not call {operation}: {message}"
    if "NonExistentQueue" in code or code == "QueueDoesNotExist":
        return f"{operation}: there is no such queue; do the credentials belong to the environment's account?"
    return f"{operation}: {message}"
