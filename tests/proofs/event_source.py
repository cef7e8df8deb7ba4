"""Which messages of a batch come back: AWS's reading of a partial batch response (ReportBatchItemFailures)."""

import json
from collections.abc import Iterable
from typing import Any

_KEY = "itemIdentifier"


class FunctionError(Exception):
    """Stands for a response when there is none: the function raised, timed out or was killed."""


def failed_ids(response: object, batch: Iterable[str]) -> frozenset[str]:
    """The ids that are delivered again. Whatever AWS cannot read brings the whole batch back."""
    everything = frozenset(batch)
    try:
        failures = _failures(json.loads(json.dumps(response)))
    except (_Malformed, TypeError, ValueError):
        return everything
    return frozenset(failures) if everything.issuperset(failures) else everything


class _Malformed(Exception):
    pass


def _failures(response: Any) -> list[str]:
    if response is None or response == {}:
        return []
    if not isinstance(response, dict):
        raise _Malformed
    failures = response.get("batchItemFailures")
    if failures is None:
        return []
    if not isinstance(failures, list):
        raise _Malformed
    return [_identifier(failure) for failure in failures]


def _identifier(failure: Any) -> str:
    identifier = failure.get(_KEY) if isinstance(failure, dict) else None
    if not isinstance(identifier, str) or not identifier:
        raise _Malformed
    return identifier
