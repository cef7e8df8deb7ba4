"""What has to be done before an environment can be planned, and what helps where its state cannot be reached."""

import re
from collections.abc import Iterator
from pathlib import Path

import boto3
from botocore.exceptions import BotoCoreError

from tools import tfvars

# What a fresh checkout says where only its owner knows: accounts of one digit, and names that are nobody's.
_PLACEHOLDER = re.compile(r"\b(?:(\d)\1{11}|[\w.-]*example\.com|my-company)\b")

# What Terraform says when it cannot get at the state, and what then helps.
_HINTS = {
    r"bucket \S+ does not exist|NoSuchBucket": "bootstrap/ makes that bucket, once for each account.",
    r"AccessDenied|Forbidden|StatusCode: 403": "Do the credentials belong to the environment's account?",
    r"Expired|InvalidAccessKeyId|InvalidClientTokenId|No valid cred": "AWS takes no such credentials: sign in again.",
}


def mistakes(variables: Path) -> Iterator[str]:
    """What is wrong in an environment's own words."""
    for mistake in tfvars.read(variables).mistakes:
        yield f"{variables.name}: {mistake}"


def missing(variables: Path, backend: Path) -> Iterator[str]:
    """What only the owner of an account can give: ids, names, and credentials."""
    for file in (variables, backend):
        if not file.exists():
            yield f"{file.name} is missing: it says where the state lies"
        elif left := {match[0] for match in _PLACEHOLDER.finditer(file.read_text())}:
            yield f"{file.name} still holds placeholders: {', '.join(sorted(left))}"
    try:
        found, reason = boto3.Session().get_credentials(), ""
    except BotoCoreError as error:
        found, reason = None, f" ({error})"
    if found is None:
        yield f"there are no AWS credentials{reason}: sign in, as with aws sso login, and set AWS_PROFILE"


def hints(failure: str) -> Iterator[str]:
    """What helps where the state cannot be reached."""
    for sign, hint in _HINTS.items():
        if re.search(sign, failure):
            yield hint
