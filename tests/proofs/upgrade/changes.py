"""What an apply would do to what is there already, as Terraform says it."""

import gzip
import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from tests.proofs.upgrade.refresh import FIXTURE
from tests.terraform.sandbox import Sandbox
from tools import terraform
from tools.paths import ROOT
from tools.stack import emulator
from tools.terraform.offline import OFFLINE

# What is lost with them cannot be made again: data, messages, people, keys, logs, and addresses that clients hold.
STATEFUL = frozenset(
    {
        "aws_apigatewayv2_api",
        "aws_cloudwatch_event_bus",
        "aws_cloudwatch_log_group",
        "aws_cognito_user_group",
        "aws_cognito_user_pool",
        "aws_cognito_user_pool_client",
        "aws_dynamodb_table",
        "aws_elasticache_replication_group",
        "aws_kms_key",
        "aws_s3_bucket",
        "aws_sns_topic",
        "aws_sqs_queue",
    }
)


class Changes(Struct, frozen=True):
    """Addresses by what happens to them: create, update, delete, replace, moved."""

    by_action: Mapping[str, tuple[str, ...]]
    types: Mapping[str, str]

    @property
    def lost(self) -> dict[str, str]:
        """What holds something and would be deleted or replaced, and which of the two."""
        return {
            address: action
            for action in ("delete", "replace")
            for address in self.by_action.get(action, ())
            if self.types[address] in STATEFUL
        }

    @property
    def page(self) -> str:
        """What changes, for a person."""
        return "\n".join(
            f"{action}: {len(addresses)}\n" + "\n".join(f"  {address}" for address in addresses)
            for action, addresses in sorted(self.by_action.items())
        )


def upgrading(folder: Path) -> Path:
    """Today's configuration beside the state of the previous release, in the region where that was applied."""
    root = Sandbox.make(folder).root
    (root / "provider_override.tf").write_text(OFFLINE.replace("eu-central-1", emulator.REGION))
    (root / "terraform.tfstate").write_bytes(gzip.decompress(FIXTURE.read_bytes()))
    return root


def changes(checkout: Path) -> Changes:
    """Plan against the state that lies there. Nothing is asked of AWS: the state is taken at its word."""
    variables = f"-var-file={ROOT / 'environments' / 'local.tfvars'}"
    options = ["-refresh=false", "-lock=false", "-input=false", "-no-color", variables, "-out=upgrade.tfplan"]
    terraform.run(["plan", *options], checkout)
    plan = json.loads(terraform.run(["show", "-json", "upgrade.tfplan"], checkout))
    found = defaultdict(list)
    for change in plan["resource_changes"]:
        if change["mode"] != "managed":
            continue
        actions = change["change"]["actions"]
        action = "replace" if len(actions) > 1 else actions[0]
        if action != "no-op":
            found[action].append(change["address"])
        if "previous_address" in change:
            found["moved"].append(change["address"])
    return Changes(
        {action: tuple(sorted(addresses)) for action, addresses in found.items()},
        {change["address"]: change["type"] for change in plan["resource_changes"]},
    )
