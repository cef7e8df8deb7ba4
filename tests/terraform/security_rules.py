"""The rules by name: settings as an environment gets them by default, documents where ARNs are filled in."""

import re
from collections.abc import Iterator, Mapping

from tests.terraform import security
from tests.terraform.plans import Raw
from tests.terraform.security import Rule, each, none_of

_SECRET_NAME = re.compile(
    r"secret|passw|token(?!_minutes)|credential|private_?key|api_?key|(^|_)keys?$|webhook(?!_parameter)", re.IGNORECASE
)
_SECRET_VALUE = re.compile(
    r"(AKIA|ASIA)[0-9A-Z]{16}|-----BEGIN |eyJ[\w-]+\.eyJ|://[^/@\s]+:[^/@\s]+@|hooks\.slack\.com|^[A-Za-z0-9+/=]{32,}$"
)
# Whether a submission may bring its own answer key, not a key.
_NO_SECRET = {"TRUST_INLINE_KEYS", "trust_inline_keys"}

_FLOWS = {"ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"}
_ANYWHERE = {"0.0.0.0/0", "::/0"}


def secret_name(name: str) -> bool:
    """Whether a variable or an output of this name would hold a secret."""
    return bool(_SECRET_NAME.search(name)) and name not in _NO_SECRET


def secret_value(value: str) -> bool:
    """Whether it looks like a key, a token or an address with a password."""
    return bool(_SECRET_VALUE.search(value))


def _settings(function: Raw) -> Iterator[tuple[str, str]]:
    for environment in function["environment"]:
        yield from (environment.get("variables") or {}).items()


def _no_secrets(function: Raw) -> bool:
    return not any(secret_name(name) or secret_value(str(value)) for name, value in _settings(function))


def _reaches_anywhere(group: Raw) -> bool:
    rules = [*(group.get("ingress") or []), *(group.get("egress") or [])]
    return any(_ANYWHERE & {*(rule["cidr_blocks"] or []), *(rule["ipv6_cidr_blocks"] or [])} for rule in rules)


_POOL, _CLIENT = "aws_cognito_user_pool", "aws_cognito_user_pool_client"

SETTINGS: Mapping[str, Rule] = {
    "users cannot be deleted by mistake": each(_POOL, lambda pool: pool["deletion_protection"] == "ACTIVE"),
    "users may have a second factor": each(
        _POOL, lambda pool: pool["mfa_configuration"] in ("ON", "OPTIONAL") and pool["software_token_mfa_configuration"]
    ),
    "passwords are long": each(_POOL, lambda pool: pool["password_policy"][0]["minimum_length"] >= 12),
    "an account comes back by e-mail alone": each(
        _POOL, lambda pool: "verified_phone_number" not in str(pool["account_recovery_setting"])
    ),
    "no stranger learns who exists": each(_CLIENT, lambda app: app["prevent_user_existence_errors"] == "ENABLED"),
    "tokens can be revoked": each(_CLIENT, lambda app: app["enable_token_revocation"]),
    "no password is sent": each(_CLIENT, lambda app: set(app["explicit_auth_flows"]) <= _FLOWS),
    "no token comes in an address": each(_CLIENT, lambda app: not app.get("allowed_oauth_flows")),
    "tokens end within the hour": each(
        _CLIENT,
        lambda app: app["access_token_validity"] <= 60 and app["token_validity_units"][0]["access_token"] == "minutes",
    ),
    "variables of functions hold no secret": each("aws_lambda_function", _no_secrets),
    "keys rotate": each("aws_kms_key", lambda key: key["enable_key_rotation"]),
    "logs end": each("aws_cloudwatch_log_group", lambda group: (group["retention_in_days"] or 0) > 0),
    "the cache knows users by IAM": each(
        "aws_elasticache_user",
        lambda user: user["authentication_mode"][0]["type"] == "iam" and "-@dangerous" in user["access_string"],
    ),
    "subnets are private": each("aws_subnet", lambda subnet: not subnet["map_public_ip_on_launch"]),
    "no group reaches the internet": each("aws_security_group", lambda group: not _reaches_anywhere(group)),
    "no rule lets the internet in": each(
        "aws_vpc_security_group_ingress_rule", lambda rule: not _ANYWHERE & {rule["cidr_ipv4"], rule["cidr_ipv6"]}
    ),
    "roles take no policy of AWS's but that for API Gateway's logs": each(
        "aws_iam_role_policy_attachment",
        lambda held: held["policy_arn"].endswith("/service-role/AmazonAPIGatewayPushToCloudWatchLogs"),
    ),
    "nothing leads around the doors": none_of(
        "aws_cognito_identity_pool",
        "aws_internet_gateway",
        "aws_lambda_function_url",
        "aws_nat_gateway",
        "aws_s3_bucket_acl",
        "aws_s3_bucket_website_configuration",
        "aws_vpc_peering_connection",
    ),
    # A state would hold what these hold.
    "no secret is made or kept here": none_of(
        "aws_iam_access_key", "aws_iam_user", "aws_secretsmanager_secret_version", "aws_ssm_parameter"
    ),
}

DOCUMENTS: Mapping[str, Rule] = {
    "no policy lets everybody in": security.lets_everybody_in,
    "every service acts for this account alone": security.acts_for_anybody,
    "roles trust our services alone": security.trusts_others,
    "endpoints let through what was granted": security.endpoint_is_open,
    "every bucket is closed to the public": security.bucket_may_open,
    "nobody else puts events on the bus": none_of("aws_cloudwatch_event_permission"),
    "whoever may invoke says for what": each(
        "aws_lambda_permission",
        lambda one: (
            one["principal"].endswith(".amazonaws.com")
            and (one["source_arn"] or one["source_account"])
            and one["qualifier"]
        ),
    ),
    "mappings tell which records failed": each(
        "aws_lambda_event_source_mapping", lambda one: one["function_response_types"] == ["ReportBatchItemFailures"]
    ),
    "mappings set aside what fails for good": security.gives_up_nowhere,
    "no queue takes all functions": security.takes_all_functions,
}
