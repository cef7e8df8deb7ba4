"""What an account holds after all was destroyed, by service."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from tests.proofs.examples.place import Place


class Listed(NamedTuple):
    """A list that a service gives, and what its entries are called by; without a name they are names themselves."""

    service: str
    operation: str
    entries: str
    name: str = ""
    arguments: tuple[tuple[str, Any], ...] = ()


_LISTS = (
    Listed("apigatewayv2", "get_apis", "Items", "Name"),
    Listed("apigatewayv2", "get_domain_names", "Items", "DomainName"),
    Listed("cloudwatch", "describe_alarms", "CompositeAlarms", "AlarmName"),
    Listed("cloudwatch", "describe_alarms", "MetricAlarms", "AlarmName"),
    Listed("cloudwatch", "list_dashboards", "DashboardEntries", "DashboardName"),
    Listed("cognito-idp", "list_user_pools", "UserPools", "Name", (("MaxResults", 60),)),
    Listed("dynamodb", "list_tables", "TableNames"),
    Listed("ec2", "describe_security_groups", "SecurityGroups", "GroupId"),
    Listed("ec2", "describe_vpc_endpoints", "VpcEndpoints", "VpcEndpointId"),
    Listed("ec2", "describe_vpcs", "Vpcs", "VpcId"),
    Listed("elasticache", "describe_cache_parameter_groups", "CacheParameterGroups", "CacheParameterGroupName"),
    Listed("elasticache", "describe_replication_groups", "ReplicationGroups", "ReplicationGroupId"),
    Listed("elasticache", "describe_user_groups", "UserGroups", "UserGroupId"),
    Listed("elasticache", "describe_users", "Users", "UserId"),
    Listed("events", "list_event_buses", "EventBuses", "Name"),
    Listed("iam", "list_roles", "Roles", "RoleName"),
    Listed("kms", "list_aliases", "Aliases", "AliasName"),
    Listed("lambda", "list_event_source_mappings", "EventSourceMappings", "UUID"),
    Listed("lambda", "list_functions", "Functions", "FunctionName"),
    Listed("logs", "describe_log_groups", "logGroups", "logGroupName"),
    Listed("s3", "list_buckets", "Buckets", "Name"),
    Listed("scheduler", "list_schedule_groups", "ScheduleGroups", "Name"),
    Listed("scheduler", "list_schedules", "Schedules", "Name"),
    Listed("sns", "list_subscriptions", "Subscriptions", "SubscriptionArn"),
    Listed("sns", "list_topics", "Topics", "TopicArn"),
    Listed("sqs", "list_queues", "QueueUrls"),
)


def remains(place: Place) -> set[tuple[str, str]]:
    """Everything with a name that did not come with the account; keys of KMS, which AWS keeps for weeks, have none."""
    return {(listed.entries, name) for listed in _LISTS for name in _names(place, listed) if not _was_there(name)}


def _names(place: Place, listed: Listed) -> Iterator[str]:
    answer = getattr(place.client(listed.service), listed.operation)(**dict(listed.arguments))
    for entry in answer.get(listed.entries, ()):
        yield entry[listed.name] if listed.name else entry


def _was_there(name: str) -> bool:
    """What comes with an account: a bus, a network, parameters."""
    return name.startswith("default") or name.endswith("-00000001")
