"""What a format cannot say of a question travels beside it, as JSON.

Most questions need none of this. Each field that the format would lose is kept with a digest of what the format says
in its place: where somebody has edited that since, the edit counts and the kept value is left aside.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import msgspec

from quiz.questions import Question


def lost(said: Mapping[str, Any], question: Question) -> str:
    """What to keep beside a question so that `restore` gives it back whole; empty if nothing is lost."""
    wanted: dict[str, Any] = json.loads(msgspec.json.encode(question))
    try:
        read = msgspec.convert(restore(said), Question)
        missing = [name for name in wanted if getattr(read, name) != getattr(question, name)]
    except msgspec.ValidationError:
        missing = [name for name, value in wanted.items() if said.get(name) != value]
    return json.dumps({name: [_digest(said.get(name)), wanted[name]] for name in missing}) if missing else ""


def restore(said: Mapping[str, Any]) -> dict[str, Any]:
    """The fields with what was kept beside them under `exact` back in its place."""
    fields = {name: value for name, value in said.items() if name != "exact"}
    if not said.get("exact"):
        return fields
    kept = msgspec.json.decode(said["exact"].encode("utf-8", "replace"), type=dict[str, tuple[str, Any]])
    for name, (digest, value) in kept.items():
        if digest == _digest(fields.get(name)):
            fields[name] = value
    return fields


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()[:8]
