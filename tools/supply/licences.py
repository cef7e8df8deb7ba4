"""Licences as SPDX writes them, from the metadata that distributions are installed with."""

from importlib import metadata
from typing import Any

from license_expression import ExpressionError, get_spdx_licensing  # type: ignore[import-untyped]
from packaging.utils import canonicalize_name

# What may be shipped: licences that ask for no more than their text, which every zip holds.
ALLOWED = frozenset(
    {
        "Apache-2.0",
        "Apache-2.0 WITH LLVM-exception",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "ISC",
        "MIT",
        "MIT-0",
        "PSF-2.0",
        "Unicode-3.0",
    }
)

# Whose metadata does not say it, or not clearly; read from the licence's own text.
_READ = {
    "openssl": "Apache-2.0",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
}
# How older metadata writes it.
_FREE_TEXT = {
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
_SPDX = get_spdx_licensing()


class LicenceUnknown(Exception):
    """A distribution whose licence nobody knows; the message says where to write it down."""


def of_component(name: str, said: str | None) -> str:
    """What a component's own list says, or what its text does."""
    return said or _READ.get(name) or _unknown(name)


def of_distribution(distribution: metadata.Distribution) -> str:
    """The licence of an installed distribution."""
    name = canonicalize_name(distribution.metadata["Name"])
    if said := _said(distribution, "License-Expression") or _READ.get(name):
        return _normal(said) or _unknown(name)
    classified = [line.split(" :: ")[-1] for line in distribution.metadata.get_all("Classifier") or ()]
    known = [licence for licence in classified if licence in _FREE_TEXT]
    return (
        _normal(_said(distribution, "License").split("\n")[0])
        or (_normal(known[0]) if len(known) == 1 else None)
        or _unknown(name)
    )


def is_allowed(expression: str) -> bool:
    """Whether what is offered can be taken under allowed licences alone."""
    return _holds(_SPDX.parse(expression, validate=True))


def _holds(part: Any) -> bool:
    if not hasattr(part, "args") or not part.args:
        return str(part) in ALLOWED
    return (any if part.operator.strip() == "OR" else all)(map(_holds, part.args))


def _said(distribution: metadata.Distribution, header: str) -> str:
    found: list[str] = distribution.metadata.get_all(header) or [""]
    return found[0].strip()


def _normal(said: str) -> str | None:
    text = _FREE_TEXT.get(said, said)
    try:
        return str(_SPDX.parse(text, validate=True)) if text else None
    except ExpressionError:
        return None


def _unknown(name: str) -> str:
    raise LicenceUnknown(
        f"the licence of {name} is not in its metadata; read it, and add it to tools/supply/licences.py"
    )
