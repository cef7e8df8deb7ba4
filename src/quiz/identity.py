"""What a thing of the bank is known by if its author gave it no name: a hash of what it says."""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

import msgspec

# What names a thing, or counts its changes, is no part of its content.
_NAMES = ("question_id", "quiz_id", "version")

_NOTHING = object()


def content_hash(thing: msgspec.Struct) -> str:
    """The SHA-256 of everything that it says, in hexadecimal.

    What has its default value is left out, so that a field that is added one day changes no hash.
    """
    content = {name: value for name, value in _canonical(thing).items() if name not in _NAMES}
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def content_id(prefix: str, thing: msgspec.Struct) -> str:
    """An id that is equal for equal content."""
    return f"{prefix}-{content_hash(thing)[:20]}"


def _canonical(value: Any) -> Any:
    match value:
        case msgspec.Struct():
            said = {name: getattr(value, name) for name in value.__struct_fields__}
            defaults = _defaults(type(value))
            content = {name: _canonical(part) for name, part in said.items() if part != defaults.get(name, _NOTHING)}
            tag = value.__struct_config__.tag
            return {**content, "type": tag} if tag else content
        case Mapping():
            return {name: _canonical(part) for name, part in value.items()}
        case tuple():
            return [_canonical(part) for part in value]
        case Decimal():
            return _plain(value)
    return value


def _plain(number: Decimal) -> str:
    """1.50 and 1.5 are the same number; a table gives back the second for the first."""
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


@cache
def _defaults(struct: type[msgspec.Struct]) -> dict[str, Any]:
    defaults = {}
    for field in msgspec.structs.fields(struct):
        if field.default is not msgspec.NODEFAULT:
            defaults[field.name] = field.default
        elif field.default_factory is not msgspec.NODEFAULT:
            defaults[field.name] = field.default_factory()
    return defaults
