"""Values that the module `cache` must refuse, or must just still accept."""

from typing import Any

from tests.terraform.cases import Case

_READ = {"actions": ["dynamodb:GetItem"], "resources": ["arn:aws:dynamodb:eu-central-1:123456789012:table/games"]}
_SEND = {"actions": ["sqs:SendMessage"], "resources": ["arn:aws:sqs:eu-central-1:123456789012:queue"]}
_STREAM = "arn:aws:dynamodb:eu-central-1:123456789012:table/participants/stream/2026-11-20T00:00:00.000"

REQUIRED: dict[str, dict[str, Any]] = {
    "cache": {
        "environment": {},
        "grants": {"GamesRead": _READ},
        "name_prefix": "quiz-test",
        "package": "build/lambda/cache.zip",
        "participants_stream": {
            "arn": _STREAM,
            "grant": {"actions": ["dynamodb:GetRecords"], "resources": [_STREAM]},
        },
        "projector_grants": {},
    }
}

NETWORK = {"vpc_id": "vpc-1", "subnet_ids": ["subnet-1", "subnet-2"], "dynamodb_prefix_list_id": "pl-66a5400f"}
EXISTING = {"host": "redis.example.com", "security_group_id": "sg-1"}
IAM_AUTH: dict[str, Any] = {
    "name": "boards",
    "user": "quiz",
    "grant": {
        "actions": ["elasticache:Connect"],
        "resources": ["arn:aws:elasticache:eu-central-1:123456789012:user:quiz"],
    },
}


def _existing(**changes: Any) -> dict[str, Any]:
    return {"existing": EXISTING | changes, "network": NETWORK}


_REPLICAS = "cache.replicas must be between 0 and 5; with 0 the leaderboards are gone while the node is replaced."
_VERSION = "cache.engine_version must be a version of Valkey, 7.2 or newer, such as 8.0."
_HOST = "existing.host must be a host name alone, without a scheme and without a port."
_GRANTS = "grants must be for DynamoDB, one at least: no other service can be reached from the cache's network."
_OWN_NETWORK = (
    "own_network must have a cidr of IPv4 from /16 to /26 and the letters of two to four zones, "
    "such as 10.90.0.0/24 with a and b."
)

REFUSED = [
    Case("cache", {"cache": {"replicas": -1}}, _REPLICAS),
    Case("cache", {"cache": {"replicas": 6}}, _REPLICAS),
    Case("cache", {"cache": {"engine_version": "7.1"}}, _VERSION),
    Case("cache", {"cache": {"engine_version": "8"}}, _VERSION),
    Case(
        "cache",
        {"cache": {"tls": False}},
        "cache.iam_auth needs cache.tls: a token that can be read on the way is none.",
    ),
    Case(
        "cache",
        {"existing": EXISTING},
        "existing needs network: nothing leads from a network of the module's own to your cache.",
    ),
    Case("cache", _existing(host="rediss://redis.example.com"), _HOST),
    Case("cache", _existing(host="redis.example.com:6379"), _HOST),
    Case(
        "cache",
        _existing(tls=False, iam_auth=IAM_AUTH),
        "existing.iam_auth needs existing.tls: a token that can be read on the way is none.",
    ),
    Case("cache", {"grants": {}}, _GRANTS),
    Case("cache", {"grants": {"GamesRead": _READ, "Any": _SEND}}, _GRANTS),
    Case(
        "cache",
        {"name_prefix": "Quiz"},
        "name_prefix must have 3 to 32 lower-case letters, digits and hyphens, a letter first and no hyphen last.",
    ),
    Case(
        "cache",
        {"network": NETWORK | {"subnet_ids": ["subnet-1", "subnet-1"]}},
        "network.subnet_ids must be two subnets at least, in different zones.",
    ),
    Case("cache", {"own_network": {"cidr": "10.90.0.0/27"}}, _OWN_NETWORK),
    Case("cache", {"own_network": {"cidr": "10.90.0.0/15"}}, _OWN_NETWORK),
    Case("cache", {"own_network": {"cidr": "fd00::/64"}}, _OWN_NETWORK),
    Case("cache", {"own_network": {"zones": ["a", "a"]}}, _OWN_NETWORK),
    Case("cache", {"own_network": {"zones": ["eu-central-1a", "eu-central-1b"]}}, _OWN_NETWORK),
    Case("cache", {"own_network": {"zones": ["a", "b", "c", "d", "e"]}}, _OWN_NETWORK),
]

ACCEPTED = [
    Case("cache", {"cache": {"replicas": 0, "tls": False, "iam_auth": False, "port": 16379}}),
    Case("cache", {"cache": {"replicas": 5, "engine_version": "7.2", "snapshot_days": 35}}),
    Case("cache", {"name_prefix": "a" * 32}),
    Case("cache", {"network": NETWORK}),
    Case("cache", _existing()),
    Case("cache", _existing(tls=False, port=7000)),
    Case("cache", _existing(iam_auth=IAM_AUTH)),
    Case("cache", {"own_network": {"cidr": "172.16.0.0/16", "zones": ["a", "b", "c", "d"]}}),
    Case("cache", {"own_network": {"cidr": "192.168.0.64/26", "zones": ["b", "c"]}}),
]
