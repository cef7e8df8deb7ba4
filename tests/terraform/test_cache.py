"""The cache's network leads nowhere but to DynamoDB, and everything beside the cache is let in by name."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.terraform import sandbox
from tests.terraform.cases_cache import EXISTING, IAM_AUTH, NETWORK, REQUIRED
from tests.terraform.plans import Plan, Raw, Resources
from tests.terraform.policies import Statement, functions, statements
from tests.terraform.resolved import arn, resolve
from tests.terraform.sandbox import Sandbox
from tools import terraform
from tools.paths import ROOT
from tools.terraform.offline import OFFLINE

_TABLE = "arn:aws:dynamodb:eu-central-1:123456789012:table"
_GRANTS = {
    "grants": {"GamesRead": {"actions": ["dynamodb:GetItem"], "resources": [f"{_TABLE}/games"]}},
    "projector_grants": {
        "PlayersRead": {"actions": ["dynamodb:BatchGetItem"], "resources": [f"{_TABLE}/participants"]},
    },
    "environment": {"GAMES_TABLE": "games", "PARTICIPANTS_TABLE": "participants"},
}
_WAYS_OUT = ("aws_eip", "aws_egress_only_internet_gateway", "aws_internet_gateway", "aws_nat_gateway", "aws_route")
_FUNCTIONS = "module.cache.aws_security_group.functions"
_CACHE = "module.cache.aws_security_group.cache[0]"

# The ways to call it that differ in what they make.
_VARIANTS: dict[str, dict[str, Any]] = {
    "plain": {"cache": {"replicas": 0, "tls": False, "iam_auth": False, "port": 16379}},
    "three_nodes": {"cache": {"replicas": 2, "node_type": "cache.r7g.large"}},
    "larger": {"cache": {"replicas": 0, "node_type": "cache.r7g.xlarge"}},
    "largest": {"cache": {"replicas": 0, "node_type": "cache.m7g.12xlarge"}},
    "older": {"cache": {"engine_version": "7.2"}},
    "yours": {"network": NETWORK},
    "existing": {"network": NETWORK, "existing": EXISTING | {"port": 7000, "iam_auth": IAM_AUTH}},
    "open": {"network": NETWORK, "existing": EXISTING | {"tls": False}},
}


def _called(box: Sandbox, name: str, calls: dict[str, dict[str, Any]]) -> Path:
    """A directory that calls the module once for each of these values, and puts out the alarms."""
    directory = box.beside(name)
    sandbox.write_package(directory / REQUIRED["cache"]["package"])
    (directory / "provider.tf").write_text(OFFLINE)
    modules = {
        call: {"source": "./modules/cache", **REQUIRED["cache"], **_GRANTS, **values} for call, values in calls.items()
    }
    outputs = {call: {"value": f"${{module.{call}.alarms}}"} for call in calls}
    (directory / "main.tf.json").write_text(json.dumps({"module": modules, "output": outputs}))
    terraform.run(["get"], directory)
    return directory


@pytest.fixture(scope="module")
def own(box: Sandbox) -> Resources:
    """As it is without asking for anything, with everything filled in that AWS would tell."""
    directory = _called(box, "cache", {"cache": {}})
    return resolve(directory, sandbox.plan(directory), [])


@pytest.fixture(scope="module")
def variants(box: Sandbox) -> Plan:
    return sandbox.plan(_called(box, "cache-variants", _VARIANTS))


@pytest.fixture(scope="module")
def made(variants: Plan) -> dict[str, Resources]:
    """What each variant makes, by addresses as if it were called `cache`."""
    everything = variants.resources
    return {name: _of_call(everything, name) for name in _VARIANTS}


def _of_call(everything: Resources, name: str) -> Resources:
    addresses = {
        address: address.replace(f"module.{name}.", "module.cache.", 1)
        for address in everything.types
        if address.startswith(f"module.{name}.")
    }
    return Resources(
        by_address={new: everything.by_address[address] for address, new in addresses.items()},
        types={new: everything.types[address] for address, new in addresses.items()},
        modules=0,
    )


@pytest.fixture(scope="module")
def plain(made: dict[str, Resources]) -> Resources:
    """As on a laptop."""
    return made["plain"]


@pytest.fixture(scope="module")
def yours(made: dict[str, Resources]) -> Resources:
    return made["yours"]


@pytest.fixture(scope="module")
def existing(made: dict[str, Resources]) -> Resources:
    return made["existing"]


@pytest.fixture(scope="module")
def alarms(variants: Plan) -> dict[str, dict[str, Any]]:
    """The alarms of each variant."""
    return {name: variants.planned.outputs[name] for name in _VARIANTS}


def _only(found: Resources, kind: str) -> Raw:
    [values] = found.of_type(kind).values()
    return values


class TestANetworkOfItsOwn:
    def test_has_no_way_out_whoever_owns_it(self, own: Resources, made: dict[str, Resources]) -> None:
        for found in (own, *made.values()):
            assert not [kind for kind in _WAYS_OUT if found.counts[kind]]
        assert not _only(own, "aws_route_table").get("route")
        assert not any(subnet["map_public_ip_on_launch"] for subnet in own.of_type("aws_subnet").values())

    def test_spans_two_zones_and_routes_both_to_dynamodb(self, own: Resources) -> None:
        subnets = own.of_type("aws_subnet")
        assert {subnet["availability_zone"] for subnet in subnets.values()} == {"eu-central-1a", "eu-central-1b"}
        assert {subnet["cidr_block"] for subnet in subnets.values()} == {"10.90.0.0/26", "10.90.0.64/26"}
        [table] = own.of_type("aws_route_table")
        routed = own.of_type("aws_route_table_association").values()
        assert {(one["subnet_id"], one["route_table_id"]) for one in routed} == {(each, table) for each in subnets}
        assert _only(own, "aws_vpc_endpoint")["route_table_ids"] == [table]

    def test_gives_nothing_to_what_is_put_there_without_a_thought(self, plain: Resources) -> None:
        locked = _only(plain, "aws_default_security_group")
        assert not locked.get("ingress")
        assert not locked.get("egress")

    def test_lets_each_function_do_with_its_tables_what_it_was_granted(self, own: Resources) -> None:
        endpoint = _only(own, "aws_vpc_endpoint")
        assert endpoint["vpc_endpoint_type"] == "Gateway"
        assert endpoint["service_name"] == "com.amazonaws.eu-central-1.dynamodb"
        found = {statement.sid: statement for statement in statements(endpoint["policy"])}
        assert set(found) == {"LeaderboardGamesRead", "ProjectorPlayersRead"}
        _check_passage(found["LeaderboardGamesRead"], "leaderboard", "dynamodb:GetItem", f"{_TABLE}/games")
        _check_passage(found["ProjectorPlayersRead"], "projector", "dynamodb:BatchGetItem", f"{_TABLE}/participants")

    def test_holds_the_cache_and_both_functions(self, own: Resources) -> None:
        subnets = set(own.of_type("aws_subnet"))
        assert set(_only(own, "aws_elasticache_subnet_group")["subnet_ids"]) == subnets
        for function in own.of_type("aws_lambda_function").values():
            [placement] = function["vpc_config"]
            assert (set(placement["subnet_ids"]), placement["security_group_ids"]) == (subnets, [_FUNCTIONS])


def _check_passage(statement: Statement, function: str, action: str, resource: str) -> None:
    assert statement.effect == "Allow"
    assert (set(statement.actions), set(statement.resources)) == ({action}, {resource})
    assert statement.principals == {"*": {"*"}}
    role = arn(f"module.cache.module.{function}.aws_iam_role.this")
    assert statement.conditions == {"ArnEquals": {"aws:PrincipalArn": role}}


class TestSecurityGroups:
    def test_let_functions_reach_the_cache_and_dynamodb_and_nobody_reach_them(self, own: Resources) -> None:
        group = own.by_address[_FUNCTIONS]
        assert group["ingress"] == []
        to_cache, to_dynamodb = sorted(group["egress"], key=lambda rule: -rule["from_port"])
        endpoint = _only(own, "aws_vpc_endpoint")
        assert _rule(to_cache) == {"tcp", 6379, _CACHE}
        assert _rule(to_dynamodb) == {"tcp", 443, endpoint["prefix_list_id"]}

    def test_let_the_functions_into_the_cache_and_the_cache_nowhere(self, own: Resources) -> None:
        rule = _only(own, "aws_vpc_security_group_ingress_rule")
        assert (rule["security_group_id"], rule["referenced_security_group_id"]) == (_CACHE, _FUNCTIONS)
        assert (rule["ip_protocol"], rule["from_port"], rule["to_port"]) == ("tcp", 6379, 6379)
        assert not own.counts["aws_vpc_security_group_egress_rule"]
        assert _only(own, "aws_elasticache_replication_group")["security_group_ids"] == [_CACHE]

    def test_follow_the_port(self, plain: Resources) -> None:
        ports = {rule["from_port"] for rule in plain.by_address[_FUNCTIONS]["egress"]}
        assert ports == {443, 16379}
        assert _only(plain, "aws_vpc_security_group_ingress_rule")["from_port"] == 16379


def _rule(rule: Raw) -> set[Any]:
    """What it allows, whatever field says so."""
    fields = ("cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "security_groups")
    assert rule["from_port"] == rule["to_port"]
    assert not rule["self"]
    return {rule["protocol"], rule["from_port"], *(each for field in fields for each in rule[field] or [])}


class TestTheCache:
    def test_is_encrypted_and_takes_no_password(self, own: Resources) -> None:
        cache = _only(own, "aws_elasticache_replication_group")
        assert cache["at_rest_encryption_enabled"] == "true"
        assert (cache["transit_encryption_enabled"], cache["transit_encryption_mode"]) == (True, "required")
        assert cache.get("auth_token") is None
        assert cache["user_group_ids"] == ["quiz-test-cache"]

    def test_lets_in_by_iam_alone_and_the_leaderboard_to_look_only(self, own: Resources) -> None:
        users = own.of_type("aws_elasticache_user")
        assert {user["user_id"] for user in users.values()} == {"quiz-test-reader", "quiz-test-writer"}
        for address, user in users.items():
            assert user["user_name"] == user["user_id"]
            [mode] = user["authentication_mode"]
            assert (mode["type"], mode.get("passwords")) == ("iam", None)
            assert ("+@write" in user["access_string"]) == ("projector" in address)
            assert user["access_string"].startswith("on ~* -@all ")
            assert user["access_string"].endswith(" -@dangerous")
            assert "+@all" not in user["access_string"]
        assert set(_only(own, "aws_elasticache_user_group")["user_ids"]) == {"quiz-test-reader", "quiz-test-writer"}

    def test_grants_each_function_to_sign_in_as_its_own_user(self, own: Resources) -> None:
        group = arn("module.cache.aws_elasticache_replication_group.main[0]")
        for handler, function in functions(own).items():
            name = handler.split(".")[2]
            grant = function.grants["CacheConnect"]
            assert grant.actions == {"elasticache:Connect"}
            assert grant.resources == {group, arn(f'module.cache.aws_elasticache_user.this["{name}"]')}
            user = "quiz-test-writer" if name == "projector" else "quiz-test-reader"
            assert function.settings["REDIS_USER"] == user
            assert function.settings["REDIS_NAME"] == "quiz-test-cache"
            assert function.settings["REDIS_TLS"] == "true"
            assert function.settings["GAMES_TABLE"] == "games"

    @pytest.mark.parametrize(("name", "replicas"), [("plain", 0), ("older", 1), ("three_nodes", 2)])
    def test_fails_over_where_it_has_replicas_and_only_there(
        self, made: dict[str, Resources], name: str, replicas: int
    ) -> None:
        cache = _only(made[name], "aws_elasticache_replication_group")
        assert cache["num_cache_clusters"] == 1 + replicas
        assert (cache["automatic_failover_enabled"], cache["multi_az_enabled"]) == (replicas > 0, replicas > 0)

    def test_can_be_plain_for_a_laptop(self, plain: Resources) -> None:
        cache = _only(plain, "aws_elasticache_replication_group")
        assert (cache["transit_encryption_enabled"], cache["port"]) == (False, 16379)
        assert not plain.counts["aws_elasticache_user"] + plain.counts["aws_elasticache_user_group"]
        assert not [address for address in plain.by_address if "CacheConnect" in address]

    def test_evicts_nothing(self, made: dict[str, Resources]) -> None:
        for name, family in (("older", "valkey7"), ("plain", "valkey8")):
            parameters = _only(made[name], "aws_elasticache_parameter_group")
            assert (parameters["name"], parameters["family"]) == (f"quiz-test-cache-{family}", family)
            assert parameters["parameter"] == [{"name": "maxmemory-policy", "value": "noeviction"}]


class TestYours:
    def test_is_used_as_it_is(self, yours: Resources) -> None:
        assert not [kind for kind in ("aws_vpc", "aws_subnet", "aws_vpc_endpoint") if yours.counts[kind]]
        groups = yours.of_type("aws_security_group")
        assert {group["vpc_id"] for group in groups.values()} == {"vpc-1"}
        assert set(_only(yours, "aws_elasticache_subnet_group")["subnet_ids"]) == {"subnet-1", "subnet-2"}
        [to_dynamodb] = [rule for rule in groups[_FUNCTIONS]["egress"] if rule["from_port"] == 443]
        assert to_dynamodb["prefix_list_ids"] == ["pl-66a5400f"]

    def test_an_existing_cache_takes_the_place_of_one(self, existing: Resources) -> None:
        assert not [address for address in existing.types if "elasticache" in address]
        assert set(existing.of_type("aws_security_group")) == {_FUNCTIONS}
        [to_cache] = [rule for rule in existing.by_address[_FUNCTIONS]["egress"] if rule["from_port"] != 443]
        assert _rule(to_cache) == {"tcp", 7000, "sg-1"}

    def test_an_existing_cache_is_signed_in_to_as_it_says(self, existing: Resources) -> None:
        assert _redis_settings(existing) == {
            "REDIS_HOST": "redis.example.com",
            "REDIS_NAME": "boards",
            "REDIS_PORT": "7000",
            "REDIS_TLS": "true",
            "REDIS_USER": "quiz",
        }
        policies = [policy for address, policy in existing.by_address.items() if "CacheConnect" in address]
        for policy in policies:
            [statement] = statements(policy["policy"])
            assert statement.resources == set(IAM_AUTH["grant"]["resources"])
        assert len(policies) == 2

    def test_an_existing_cache_may_ask_for_nothing(self, made: dict[str, Resources]) -> None:
        settings = _redis_settings(made["open"])
        assert (settings["REDIS_USER"], settings["REDIS_NAME"], settings["REDIS_TLS"]) == ("", "", "false")
        assert not [address for address in made["open"].by_address if "CacheConnect" in address]


def _redis_settings(found: Resources) -> dict[str, str]:
    """How both functions find the cache; they have to agree."""
    one, other = (
        {name: value for name, value in function["environment"][0]["variables"].items() if name.startswith("REDIS_")}
        for function in found.of_type("aws_lambda_function").values()
    )
    assert one == other
    return one


class TestTheProjector:
    def test_sees_players_alone_and_every_change_of_them(self, own: Resources) -> None:
        mapping = _only(own, "aws_lambda_event_source_mapping")
        [criteria] = mapping["filter_criteria"]
        [only] = criteria["filter"]
        assert json.loads(only["pattern"]) == {
            "eventName": ["INSERT", "MODIFY"],
            "dynamodb": {"NewImage": {"game_shard": {"S": [{"exists": True}]}}},
        }
        assert mapping["function_name"] == arn("module.cache.module.projector.aws_lambda_alias.live")
        assert mapping["starting_position"] == "TRIM_HORIZON"

    def test_sets_aside_what_it_gives_up_over_tls_alone(self, own: Resources) -> None:
        queue = arn("module.cache.aws_sqs_queue.projector_failures")
        [function] = [one for handler, one in functions(own).items() if "projector" in handler]
        assert function.failure_destinations == {queue}
        assert function.grants["FailuresSend"].resources == {queue}
        assert not _only(own, "aws_sqs_queue").get("fifo_queue")
        [denial] = statements(_only(own, "aws_sqs_queue_policy")["policy"])
        assert denial.effect == "Deny"
        assert denial.actions == {"sqs:*"}
        assert denial.principals == {"*": {"*"}}
        assert denial.conditions["Bool"] == {"aws:SecureTransport": "false"}


class TestAlarms:
    def test_watch_every_node_that_may_become_the_primary(self, alarms: dict[str, dict[str, Any]]) -> None:
        by_runbook: dict[str, set[str]] = {}
        for name, alarm in alarms["three_nodes"].items():
            if node := alarm["dimensions"].get("CacheClusterId"):
                assert name == f"{alarm['runbook']}-{node.removeprefix('quiz-test-cache-')}"
                by_runbook.setdefault(alarm["runbook"], set()).add(node)
        every = {f"quiz-test-cache-{number}" for number in ("001", "002", "003")}
        assert by_runbook == {
            "cache-cpu": every,
            "cache-evictions": every,
            "cache-memory": {"quiz-test-cache-001"},
            "cache-replication-lag": every,
        }

    def test_watch_no_replication_without_replicas_and_no_cache_that_is_yours(
        self, alarms: dict[str, dict[str, Any]]
    ) -> None:
        assert "cache-replication-lag" not in {alarm.get("runbook") for alarm in alarms["plain"].values()}
        assert set(alarms["existing"]) == {"leaderboard-fallback", "projector-failures-not-empty", "projector-late"}

    def test_have_a_page_each(self, alarms: dict[str, dict[str, Any]]) -> None:
        pages = {file.stem for file in (ROOT / "docs" / "runbooks").glob("*.md")}
        assert {alarm.get("runbook", name) for found in alarms.values() for name, alarm in found.items()} <= pages

    @pytest.mark.parametrize(
        ("name", "metric", "threshold"),
        [
            ("plain", "CPUUtilization", 45),
            ("three_nodes", "CPUUtilization", 45),
            ("larger", "EngineCPUUtilization", 90),
            ("largest", "EngineCPUUtilization", 90),
        ],
    )
    def test_measure_the_engine_where_it_does_not_share(
        self, alarms: dict[str, dict[str, Any]], name: str, metric: str, threshold: int
    ) -> None:
        alarm = alarms[name]["cache-cpu-001"]
        assert (alarm["metric"], alarm["threshold"]) == (metric, threshold)
