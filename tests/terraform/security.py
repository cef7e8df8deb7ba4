"""What checkov has no check for: rules that every resource of the planned root keeps, each with who breaks it."""

import json
from collections.abc import Callable, Iterator

from tests.terraform.plans import Raw, Resources
from tests.terraform.policies import Statement, statements
from tests.terraform.resolved import address_of

Rule = Callable[[Resources], set[str]]

_HERE_ALONE = {"aws:SourceAccount", "aws:SourceArn"}
# Neither tells for what it takes a role: what protects is who may pass one to it.
_WITHOUT_SOURCE = {"apigateway.amazonaws.com", "lambda.amazonaws.com"}
_TRUSTED = _WITHOUT_SOURCE | {"scheduler.amazonaws.com"}
# A game that waits is a game that stands still; each has one trigger at a time.
_UNLIMITED = {"module.scheduler.aws_lambda_event_source_mapping.triggers"}


def each(kind: str, keeps: Callable[[Raw], object]) -> Rule:
    """A rule for each resource of a kind, by its own values."""
    return lambda found: {address for address, values in found.of_type(kind).items() if not keeps(values)}


def none_of(*kinds: str) -> Rule:
    """A rule that there is nothing of these kinds."""
    return lambda found: {address for address, kind in found.types.items() if kind in kinds}


def documents(found: Resources) -> Iterator[tuple[str, bool, Statement]]:
    """Every statement of every policy, wherever a resource holds one, and whether it is about who may take a role."""
    for address, values in found.by_address.items():
        for name, value in values.items():
            if isinstance(value, str) and value.startswith("{") and "Statement" in json.loads(value):
                yield from ((address, name == "assume_role_policy", statement) for statement in statements(value))


def lets_everybody_in(found: Resources) -> set[str]:
    """Everybody may be named where a condition then says who: a gateway endpoint takes no other principal."""
    return {
        address
        for address, _, statement in documents(found)
        if statement.effect == "Allow"
        and any("*" in identifiers for identifiers in statement.principals.values())
        and not statement.condition_keys & {*_HERE_ALONE, "aws:PrincipalArn"}
    }


def acts_for_anybody(found: Resources) -> set[str]:
    """A service that does not say for whom could be sent by another account."""
    return {
        address
        for address, trust, statement in documents(found)
        if (services := statement.principals.get("Service"))
        and statement.effect == "Allow"
        and not (trust and services <= _WITHOUT_SOURCE)
        and not statement.condition_keys & _HERE_ALONE
    }


def trusts_others(found: Resources) -> set[str]:
    """Roles are for three services, and for no account."""
    return {
        address
        for address, trust, statement in documents(found)
        if trust
        and (
            set(statement.principals) != {"Service"}
            or not statement.principals["Service"] <= _TRUSTED
            or statement.actions != {"sts:AssumeRole"}
        )
    }


def endpoint_is_open(found: Resources) -> set[str]:
    """An endpoint lets named callers make named calls to named resources."""
    endpoints = found.of_type("aws_vpc_endpoint")
    narrow = {
        address: all(
            "*" not in "".join(statement.actions)
            and "*" not in statement.resources
            and statement.condition_keys == {"aws:PrincipalArn"}
            for where, _, statement in documents(found)
            if where == address
        )
        for address in {address for address, _, _ in documents(found)} & set(endpoints)
    }
    return {address for address in endpoints if not narrow.get(address)}


def gives_up_nowhere(found: Resources) -> set[str]:
    """What fails for good is set aside: by the queue that it came from, or by the mapping of a stream."""
    queues = found.of_type("aws_sqs_queue")
    return {
        address
        for address, mapping in found.of_type("aws_lambda_event_source_mapping").items()
        if not (
            queues[source]["redrive_policy"]
            if (source := address_of(mapping["event_source_arn"])) in queues
            else mapping["destination_config"] and (mapping["maximum_retry_attempts"] or -1) > 0
        )
    }


def takes_all_functions(found: Resources) -> set[str]:
    """A flood in one queue leaves the rest of the account some concurrency."""
    queues = found.of_type("aws_sqs_queue")
    return {
        address
        for address, mapping in found.of_type("aws_lambda_event_source_mapping").items()
        if address_of(mapping["event_source_arn"]) in queues
        and not mapping["scaling_config"]
        and address not in _UNLIMITED
    }


def bucket_may_open(found: Resources) -> set[str]:
    """A bucket whose block is missing, or blocks less than all there is."""
    names = ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets")
    blocks = found.of_type("aws_s3_bucket_public_access_block").values()
    return set(found.of_type("aws_s3_bucket")) - {
        block["bucket"] for block in blocks if all(block[name] for name in names)
    }
