"""The root as it would be after an apply, without AWS: every attribute that AWS would tell is made up.

A plan leaves out whatever names a resource that does not exist yet: redrive policies, the resources of a grant, whole
policy documents. `terraform test` can override each resource and so apply without a network; the real provider still
composes the documents. Made-up ARNs hold the address of their resource, so that a document reads as what it means.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from tests.terraform.messages import messages, summaries
from tests.terraform.plans import Plan, Resources

_TEST = "resolved.tftest.hcl"
_ARN = "arn:aws:test:::"

# Where the provider looks at how an id is made.
_IDS = {"aws_cognito_user_pool": "test_users"}


def arn(address: str) -> str:
    """The made-up ARN of a resource."""
    return f"{_ARN}{address}"


def address_of(arn: str) -> str:
    """The resource that a made-up ARN belongs to."""
    return arn.removeprefix(_ARN)


def resolve(directory: Path, plan: Plan, files: Sequence[Path]) -> Resources:
    """Apply the plan's configuration with every resource overridden."""
    overrides = [_override(address, names) for address, names in plan.unknown_attributes().items()]
    (directory / _TEST).write_text("\n".join([*overrides, 'run "resolved" {\n  command = apply\n}\n']))
    try:
        options = [f"-var-file={file}" for file in files]
        found = messages(["test", "-json", "-verbose", f"-filter={_TEST}", *options], directory)
    finally:
        (directory / _TEST).unlink()
    states = [message["test_state"] for message in found if message["type"] == "test_state"]
    assert len(states) == 1, summaries(found)
    return Resources.read(states[0]["root_module"])


def _override(address: str, unknown: Sequence[str]) -> str:
    made_up = {
        "arn": arn(address),
        "endpoint": address,
        "execution_arn": arn(address),
        "id": address,
        "stream_arn": f"{arn(address)}/stream",
        "key_id": address,
        "url": address,
    }
    kind = address.split("[")[0].split(".")[-2]
    made_up["id"] = _IDS.get(kind, address)
    arguments = "\n".join(f"    {name} = {json.dumps(made_up[name])}" for name in unknown if name in made_up)
    return f"override_resource {{\n  target = {address}\n  values = {{\n{arguments}\n  }}\n}}\n"
