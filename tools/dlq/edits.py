"""Corrections of a submission's body: single fields, or a JSON merge patch (RFC 7386). Nothing else is respelled."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Raw

from quiz.errors import InvalidInput, MalformedJson
from quiz.submissions import Submission, parse

_ASSIGNMENT = re.compile(r"(?P<name>\w+)(?P<sign>:?=)(?P<value>.*)", re.DOTALL)


class NotAnEdit(Exception):
    """What was given describes no correction."""


def patch(assignments: Iterable[str], file: Path | None) -> dict[str, Any]:
    """One merge patch of NAME=TEXT, NAME:=JSON and a file."""
    merged: dict[str, Any] = _read(file) if file else {}
    for assignment in assignments:
        match = _ASSIGNMENT.fullmatch(assignment)
        if match is None:
            raise NotAnEdit(f"{assignment!r} is neither NAME=TEXT nor NAME:=JSON")
        merged[match["name"]] = match["value"] if match["sign"] == "=" else _json(match["value"], assignment)
    return merged


def edited(body: str, merge_patch: Mapping[str, Any]) -> tuple[str, Submission]:
    """The body with the corrections, if the platform would take it; else quiz.errors.Rejected says why not."""
    try:
        msgspec.json.decode(body.encode(), type=dict[str, Raw])
    except msgspec.ValidationError as error:
        raise InvalidInput("only a JSON object can be corrected") from error
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise MalformedJson("what is no JSON cannot be corrected field by field") from error
    corrected = _merge(Raw(body.encode()), merge_patch).decode()
    return corrected, parse(corrected)


def _merge(target: Raw, change: Any) -> bytes:
    """By way of Raw, so that numbers that are not touched stay as they were spelled."""
    if not isinstance(change, Mapping):
        return msgspec.json.encode(change)
    try:
        fields = msgspec.json.decode(target, type=dict[str, Raw])
    except msgspec.MsgspecError:
        fields = {}
    for name, value in change.items():
        if value is None:
            fields.pop(name, None)
        else:
            fields[name] = Raw(_merge(fields.get(name, Raw(b"null")), value))
    return msgspec.json.encode(fields)


def _read(file: Path) -> dict[str, Any]:
    try:
        return msgspec.json.decode(file.read_bytes(), type=dict[str, Any])
    except (OSError, msgspec.MsgspecError) as error:
        raise NotAnEdit(f"{file}: {error}") from error


def _json(text: str, assignment: str) -> Any:
    try:
        return msgspec.json.decode(text.encode())
    except msgspec.MsgspecError as error:
        raise NotAnEdit(f"{assignment!r}: what follows := is no JSON") from error
