"""Releases that modules must refuse, or must just still accept."""

from typing import Any

from tests.terraform.cases import Case

REQUIRED: dict[str, dict[str, Any]] = {}

_VERSION = "release.serving must be the number of a published version."
_SHARE = "release.share must be at least 0 and less than 1; the whole is no release at all."
# The others hand theirs on.
_MODULES = ("cache", "function")

REFUSED = [
    *(Case(module, {"release": {"serving": "$LATEST"}}, _VERSION) for module in _MODULES),
    *(Case(module, {"release": {"serving": "7", "share": 1}}, _SHARE) for module in _MODULES),
]

ACCEPTED = [
    *(Case(module, {"release": {"serving": "1", "share": 0}}) for module in _MODULES),
    *(Case(module, {"release": {"serving": "1", "share": 0.99}}) for module in _MODULES),
]
