"""Whether a record passes the filter of an event source mapping: as much of the language as our filters speak."""

from collections.abc import Mapping
from typing import Any

_ABSENT: Any = object()


class UnknownRule(Exception):
    """A filter says something that is not understood here, so nobody knows what passes it."""


def passes(pattern: Any, record: Any) -> bool:
    """Whether every field that the pattern names is as one of its rules wants it."""
    if isinstance(pattern, Mapping):
        fields = record if isinstance(record, Mapping) else {}
        return all(passes(rules, fields.get(name, _ABSENT)) for name, rules in pattern.items())
    return any(_meets(rule, record) for rule in pattern)


def _meets(rule: Any, value: Any) -> bool:
    if not isinstance(rule, Mapping):
        return bool(value is not _ABSENT and value == rule)
    if rule.keys() != {"exists"}:
        raise UnknownRule(f"a filter by {', '.join(map(repr, rule))}")
    return bool((value is not _ABSENT) == rule["exists"])
