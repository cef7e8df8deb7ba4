"""Environments differ where they should, and each setting of theirs is as safe as it has to be."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from tests.terraform import differences
from tests.terraform.environments import NAMES, settings
from tools.paths import ROOT

# All in which environments may differ, by kind. Whatever else is tried out in one would be untried in the next.
_KINDS = {
    "names and ids": {
        "account_id",
        "alerts.emails",
        "alerts.webhook",
        "allowed_origins",
        "environment",
        "protection.permissions_boundary",
        "submissions.producer_arns",
    },
    "sizes": {"cache.own.node_type", "cache.own.replicas"},
    "concurrency": {"live.max_broadcasts", "submissions.max_concurrency"},
    "retention": {"cache.own.snapshot_days", "log_retention_days", "operations.intake.keep_days"},
    "protection": {"protection.data", "sign_in.mfa", "sign_in.threat_protection"},
    "thresholds": {
        "operations.health.cache_milliseconds",
        "operations.health.canary_seconds",
        "operations.health.dead_letters",
        "operations.health.oldest_seconds",
        "operations.health.table_milliseconds",
    },
    "schedules": {"operations.reconcile_hours"},
    "traces": {"operations.trace_share"},
}

# Settings that make an environment safer the greater they are.
_GROWING = (
    "cache.own.replicas",
    "cache.own.snapshot_days",
    "live.max_broadcasts",
    "log_retention_days",
    "operations.intake.keep_days",
    "protection.data",
    "submissions.max_concurrency",
)
_MFA = ("OFF", "OPTIONAL", "ON")
_THREATS = ("OFF", "AUDIT", "ENFORCED")


def _at(values: Any, place: str) -> Any:
    for key in place.split("."):
        values = values[key]
    return values


class TestSettings:
    def test_differ_in_the_allowed_kinds_alone(self) -> None:
        found = set(differences.of_values([settings(name) for name in NAMES]))
        assert found == set().union(*_KINDS.values())

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ({"sign_in": {"token_minutes": 30}}, {"sign_in": {"token_minutes": 60}}),
            ({"sign_in": {"token_minutes": 30}}, {"sign_in": {}}),
            ({"sign_in": {"token_minutes": 30}}, {"sign_in": {"token_minutes": None}}),
        ],
    )
    def test_that_differ_are_found_however_deep(self, one: Mapping[str, Any], other: Mapping[str, Any]) -> None:
        assert list(differences.of_values([one, one, other])) == ["sign_in.token_minutes"]

    @pytest.mark.parametrize("place", _GROWING)
    def test_grow_towards_production(self, place: str) -> None:
        found = [_at(settings(name), place) for name in NAMES]
        assert found == sorted(found)

    def test_ask_most_of_who_signs_in_to_production(self) -> None:
        asked = [
            (_MFA.index(s["sign_in"]["mfa"]), _THREATS.index(s["sign_in"]["threat_protection"]))
            for s in map(settings, NAMES)
        ]
        assert asked == sorted(asked)
        assert asked[-1] == (_MFA.index("ON"), _THREATS.index("ENFORCED"))

    def test_open_production_to_no_page_on_a_developers_machine(self) -> None:
        for name in ("staging", "production"):
            assert not [origin for origin in settings(name)["allowed_origins"] if "localhost" in origin]

    @pytest.mark.parametrize("name", ["staging", "production"])
    def test_tell_somebody_of_alarms(self, name: str) -> None:
        assert settings(name)["alerts"]["emails"]
        assert settings(name)["alerts"]["webhook"]["parameter"] == f"/quiz/{name}/chat-webhook"


class TestStates:
    @pytest.mark.parametrize("name", NAMES)
    def test_lie_in_the_environments_own_account_under_its_name(self, name: str) -> None:
        text = (ROOT / "environments" / f"{name}.s3.tfbackend").read_text()
        assert dict(re.findall(r'^(\w+) *= "(.*)"$', text, re.MULTILINE)) == {
            "bucket": f"quiz-{settings(name)['account_id']}-state",
            "key": f"{name}/quiz.tfstate",
            "region": settings(name)["region"],
            "kms_key_id": "alias/quiz-state",
        }

    def test_are_locked_while_one_works_on_them(self) -> None:
        backend = re.search(r'backend "s3" \{(.*?)\}', (ROOT / "versions.tf").read_text(), re.DOTALL)
        assert backend
        assert re.search(r"use_lockfile += true", backend[1])
        assert re.search(r"encrypt += true", backend[1])
