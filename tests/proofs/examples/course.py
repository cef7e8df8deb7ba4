"""What each example goes through."""

import os
from contextlib import ExitStack
from pathlib import Path
from threading import BoundedSemaphore

import pytest

from tests.proofs.examples.facts import FACTS
from tests.proofs.examples.place import Place
from tests.proofs.examples.remains import remains
from tests.proofs.examples.wording import ACCOUNT, REGION, STOPS, WORDINGS
from tests.proofs.live.servers import running_emulator
from tests.stack.test_operations import READ_BACK_DIFFERENTLY
from tests.terraform.examples import examples_in
from tools import module_docs
from tools.stack.fit import is_unknown_to_the_state
from tools.terraform import TerraformFailed

MODULES = {
    directory.name: example for directory in module_docs.modules() for example in examples_in(directory / "README.md")
}
# Beside what the root shows: whoever signs in by IAM is shown as one without a password.
_READ_BACK = READ_BACK_DIFFERENTLY | {"aws_elasticache_user"}
# The emulator enforces IAM, is in the account of the examples, and says that Redis is where they want it; nobody is.
_SETTINGS = {"AUTH": "true", "MINISTACK_ACCOUNT_ID": ACCOUNT, "MINISTACK_REGION": REGION, "REDIS_PORT": "6379"}
# What needs processors more than patience; those that came first also have them first.
_beginning = BoundedSemaphore(os.cpu_count() or 1)


def course(module: str, home: Path) -> None:
    """What one of them goes through; twice, if the emulator was so late that Terraform asked it twice."""
    try:
        _course(module, home / "first")
    except TerraformFailed as failure:
        if not is_unknown_to_the_state(str(failure)):
            raise
        _course(module, home / "again")


def _course(module: str, home: Path) -> None:
    """Apply, plan again, use and destroy, on an emulator of its own."""
    directory = home / "checkout"
    directory.mkdir(parents=True)
    with ExitStack() as running:
        with _beginning:
            place = Place.make(MODULES[module], directory, running.enter_context(running_emulator(home, **_SETTINGS)))
            _stops(module, place)
        _is_worded(module, place)
        place.apply()
        _is_settled(place)
        FACTS[module](place)
        place.unprotect()
        place.destroy()
        assert remains(place) == set()


def _stops(module: str, place: Place) -> None:
    """As it stands it cannot be applied to the emulator."""
    if stop := STOPS.get(module):
        with pytest.raises(TerraformFailed) as failure:
            place.apply(f"-target={stop.resource}")
        assert [part for part in stop.error if part not in _in_one_line(str(failure.value))] == []


def _is_worded(module: str, place: Place) -> None:
    """As its README says, and no other way."""
    if wording := WORDINGS.get(module):
        assert wording.why in _in_one_line((module_docs.MODULES / module / "README.md").read_text())
        place.words(wording)


def _is_settled(place: Place) -> None:
    """Another plan changes nothing but what the emulator misreads."""
    changes = {(kind, action) for kind, action in place.changes() if action not in ("noop", "read")}
    assert {kind for kind, _ in changes} <= _READ_BACK
    # It describes them without their actions, and so as others.
    assert {kind for kind, action in changes if action != "update"} <= {"aws_cloudwatch_composite_alarm"}


def _in_one_line(text: str) -> str:
    return " ".join(text.split())
