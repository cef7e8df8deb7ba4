"""docs/licences.md: what is shipped and what is used, under which licence."""

from collections.abc import Iterable
from importlib import metadata

from tools.package.targets import LAMBDA
from tools.paths import ROOT
from tools.supply import lock
from tools.supply.licences import of_distribution

PAGE = ROOT / "docs" / "licences.md"

_PAGE = """\
# Licences of other people's work

Made by `make docs` from the metadata that the locked distributions are installed with.

The platform itself is under the Apache License 2.0 ([LICENSE](../LICENSE)).

## Shipped

In the zips of the functions, each with the text of its licence. A test refuses any licence here that asks for more than
that text. What each zip holds, down to the Rust and C inside of it, is in the list beside it,
`build/lambda/<name>.cdx.json` (CycloneDX 1.6), which `make package` writes.

{shipped}

## Used

By checks, tests and tools. Nothing of it is shipped. The emulator and the policy scanner have environments of their own
and are locked in `requirements/emulator.txt` and `requirements/policy.txt`.

{used}
"""


def shipped() -> list[lock.Pin]:
    """What is locked for Lambda, and is for its platform."""
    return _locked("lambda.txt")


def rendered() -> str:
    """The page as it should be; the same on every machine, since it is about Lambda's Python and Linux."""
    ours = shipped()
    names = {pin.name for pin in ours}
    used = [pin for pin in _locked("dev.txt") if pin.name not in names]
    return _PAGE.format(shipped=_table(ours), used=_table(used))


def _locked(name: str) -> list[lock.Pin]:
    return list(lock.installed_in(lock.read(lock.REQUIREMENTS / name), LAMBDA.markers).values())


def _table(pins: Iterable[lock.Pin]) -> str:
    rows = [f"| {pin.name} | {pin.version} | {of_distribution(metadata.distribution(pin.name))} |" for pin in pins]
    return "\n".join(["| Distribution | Version | Licence |", "|---|---|---|", *rows])
