"""Filters of event source mappings: those that our modules write, and no guesses about others."""

import json
import re
from typing import Any

import pytest

from tools.dlq.patterns import UnknownRule, passes
from tools.paths import ROOT

PLAYER = {"eventName": ["INSERT", "MODIFY"], "dynamodb": {"NewImage": {"game_shard": {"S": [{"exists": True}]}}}}


@pytest.mark.parametrize(
    ("record", "wanted"),
    [
        ({"eventName": "INSERT", "dynamodb": {"NewImage": {"game_shard": {"S": "g#1"}}}}, True),
        ({"eventName": "REMOVE", "dynamodb": {"NewImage": {"game_shard": {"S": "g#1"}}}}, False),
        ({"eventName": "INSERT", "dynamodb": {"NewImage": {"other": {"S": "g#1"}}}}, False),
        ({"eventName": "INSERT", "dynamodb": {}}, False),
        ({"eventName": "INSERT", "dynamodb": {"NewImage": {"game_shard": "g#1"}}}, False),
        ({}, False),
    ],
)
def test_players_pass(record: dict[str, Any], wanted: bool) -> None:
    assert passes(PLAYER, record) is wanted


def test_what_must_not_be_there() -> None:
    assert passes({"dynamodb": {"OldImage": [{"exists": False}]}}, {"dynamodb": {}})
    assert not passes({"dynamodb": {"OldImage": [{"exists": False}]}}, {"dynamodb": {"OldImage": {}}})


@pytest.mark.parametrize("rule", [{"prefix": "a"}, {"anything-but": ["a"]}, {"exists": True, "prefix": "a"}, {}])
def test_what_is_not_understood_is_no_answer(rule: dict[str, Any]) -> None:
    with pytest.raises(UnknownRule):
        passes({"eventName": [rule]}, {"eventName": "INSERT"})


def test_all_rules_of_our_modules_are_understood() -> None:
    patterns = [
        found
        for file in (ROOT / "modules").rglob("*.tf")
        for found in re.findall(r"pattern = jsonencode\((.*)\)", file.read_text(encoding="utf-8"))
    ]
    assert len(patterns) >= 2
    rules = {rule for pattern in patterns for rule in re.findall(r"\[\{ (\S+) =", pattern)}
    assert rules <= {"exists"}, json.dumps(patterns)
