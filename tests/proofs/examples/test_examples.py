"""Each module's example can be taken from its README, used, and taken down again."""

import pytest

from tests.proofs.examples.conftest import Courses
from tests.proofs.examples.course import MODULES
from tests.proofs.examples.facts import FACTS
from tools import module_docs


@pytest.mark.parametrize("module", MODULES)
def test_an_example_stands_alone(module: str, courses: Courses) -> None:
    courses[module].result()


def test_something_is_asked_of_every_module() -> None:
    assert MODULES.keys() == FACTS.keys() == {directory.name for directory in module_docs.modules()}
