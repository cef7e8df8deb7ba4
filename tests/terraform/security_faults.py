"""For each rule one way to break it, as somebody might in good faith."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from tests.terraform.plans import Resources

Fault = Callable[[Resources], Resources]

# What the documents below allow to whom they name.
_ALLOWED: Mapping[str, Any] = {"Effect": "Allow", "Action": "events:PutEvents", "Resource": "arn:aws:events:eu:1:bus"}


def changed(kind: str, within: str = "", **values: Any) -> Fault:
    """The first resource of a kind, or of a module, with other values."""

    def fault(found: Resources) -> Resources:
        address = min(address for address in found.of_type(kind) if address.startswith(within))
        return Resources({**found.by_address, address: {**found.by_address[address], **values}}, found.types, 0)

    return fault


def added(kind: str, **values: Any) -> Fault:
    """One more resource."""
    return lambda found: Resources(
        {**found.by_address, f"{kind}.fault": values}, {**found.types, f"{kind}.fault": kind}, 0
    )


def removed(kind: str) -> Fault:
    """One resource of a kind less."""

    def fault(found: Resources) -> Resources:
        gone = min(found.of_type(kind))
        return Resources(
            {address: values for address, values in found.by_address.items() if address != gone},
            {address: kind for address, kind in found.types.items() if address != gone},
            0,
        )

    return fault


def document(**statement: Any) -> str:
    """A policy of one statement."""
    return json.dumps({"Version": "2012-10-17", "Statement": [{**_ALLOWED, **statement}]})


def variables(**settings: str) -> list[dict[str, dict[str, str]]]:
    """The environment of a function."""
    return [{"variables": settings}]


_POOL, _CLIENT, _FUNCTION = "aws_cognito_user_pool", "aws_cognito_user_pool_client", "aws_lambda_function"
_MAPPING, _ROLE, _BUS = "aws_lambda_event_source_mapping", "aws_iam_role", "aws_cloudwatch_event_bus_policy"
_OPEN = [{"cidr_blocks": ["0.0.0.0/0"], "ipv6_cidr_blocks": []}]
_ANYBODY = {"AWS": "*"}
_SERVICE = {"Service": "events.amazonaws.com"}
_ASSUME = "sts:AssumeRole"

FAULTS: Mapping[str, list[Fault]] = {
    "users cannot be deleted by mistake": [changed(_POOL, deletion_protection="INACTIVE")],
    "users may have a second factor": [
        changed(_POOL, mfa_configuration="OFF"),
        changed(_POOL, software_token_mfa_configuration=[]),
    ],
    "passwords are long": [changed(_POOL, password_policy=[{"minimum_length": 8}])],
    "an account comes back by e-mail alone": [
        changed(_POOL, account_recovery_setting=[{"recovery_mechanism": [{"name": "verified_phone_number"}]}])
    ],
    "no stranger learns who exists": [changed(_CLIENT, prevent_user_existence_errors="LEGACY")],
    "tokens can be revoked": [changed(_CLIENT, enable_token_revocation=False)],
    "no password is sent": [changed(_CLIENT, explicit_auth_flows=["ALLOW_USER_PASSWORD_AUTH"])],
    "no token comes in an address": [changed(_CLIENT, allowed_oauth_flows=["implicit"])],
    "tokens end within the hour": [
        changed(_CLIENT, access_token_validity=90),
        changed(_CLIENT, token_validity_units=[{"access_token": "hours"}]),
    ],
    "variables of functions hold no secret": [
        changed(_FUNCTION, environment=variables(REDIS_PASSWORD="x")),
        changed(_FUNCTION, environment=variables(CHAT_WEBHOOK="https://example.com")),
        changed(_FUNCTION, environment=variables(REDIS_URL="rediss://user:word@host")),
        changed(_FUNCTION, environment=variables(SIGNED_WITH="AKIA" + 16 * "A")),
        changed(_FUNCTION, environment=variables(SALT=48 * "a")),
    ],
    "keys rotate": [changed("aws_kms_key", enable_key_rotation=False)],
    "logs end": [changed("aws_cloudwatch_log_group", retention_in_days=0)],
    "the cache knows users by IAM": [
        changed("aws_elasticache_user", authentication_mode=[{"type": "no-password-required"}]),
        changed("aws_elasticache_user", access_string="on ~* +@all"),
    ],
    "subnets are private": [changed("aws_subnet", map_public_ip_on_launch=True)],
    "no group reaches the internet": [
        changed("aws_security_group", egress=_OPEN),
        changed("aws_security_group", ingress=_OPEN),
    ],
    "no rule lets the internet in": [changed("aws_vpc_security_group_ingress_rule", cidr_ipv4="0.0.0.0/0")],
    "roles take no policy of AWS's but that for API Gateway's logs": [
        added("aws_iam_role_policy_attachment", policy_arn="arn:aws:iam::aws:policy/AdministratorAccess")
    ],
    "nothing leads around the doors": [added("aws_lambda_function_url"), added("aws_nat_gateway")],
    "no secret is made or kept here": [added("aws_ssm_parameter"), added("aws_iam_access_key")],
    "no policy lets everybody in": [
        added(_BUS, policy=document(Principal="*")),
        added(_BUS, policy=document(Principal=_ANYBODY, Condition={"Bool": {"aws:SecureTransport": "true"}})),
        changed("aws_sqs_queue_policy", policy=document(Principal=_ANYBODY)),
        changed("aws_vpc_endpoint", policy=document(Principal="*")),
    ],
    "every service acts for this account alone": [
        changed("aws_sqs_queue_policy", policy=document(Principal=_SERVICE)),
        changed(_ROLE, assume_role_policy=document(Action=_ASSUME, Principal={"Service": "scheduler.amazonaws.com"})),
    ],
    "roles trust our services alone": [
        changed(_ROLE, assume_role_policy=document(Action=_ASSUME, Principal={"AWS": "arn:aws:iam::1:root"})),
        changed(_ROLE, assume_role_policy=document(Action=_ASSUME, Principal={"Service": "ec2.amazonaws.com"})),
        changed(_ROLE, assume_role_policy=document(Action="sts:*", Principal={"Service": "lambda.amazonaws.com"})),
    ],
    "endpoints let through what was granted": [
        changed("aws_vpc_endpoint", policy=None),
        changed("aws_vpc_endpoint", policy=document(Principal="*")),
        changed(
            "aws_vpc_endpoint",
            policy=document(Action="dynamodb:*", Principal="*", Condition={"ArnEquals": {"aws:PrincipalArn": "arn"}}),
        ),
    ],
    "every bucket is closed to the public": [
        removed("aws_s3_bucket_public_access_block"),
        changed("aws_s3_bucket_public_access_block", restrict_public_buckets=False),
    ],
    "nobody else puts events on the bus": [added("aws_cloudwatch_event_permission", principal="*")],
    "whoever may invoke says for what": [
        changed("aws_lambda_permission", source_arn=None),
        changed("aws_lambda_permission", principal="*"),
        changed("aws_lambda_permission", qualifier=None),
    ],
    "mappings tell which records failed": [changed(_MAPPING, function_response_types=[])],
    "mappings set aside what fails for good": [
        changed(_MAPPING, destination_config=[]),
        changed(_MAPPING, maximum_retry_attempts=-1),
        changed("aws_sqs_queue", "module.queue.aws_sqs_queue.main", redrive_policy=None),
    ],
    "no queue takes all functions": [changed(_MAPPING, "module.queue", scaling_config=[])],
}
