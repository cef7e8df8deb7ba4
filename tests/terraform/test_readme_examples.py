"""Every example in the documents plans, and plans what it says."""

import pytest

from tests.terraform.examples import Example, documents, examples_in
from tests.terraform.inventory import check
from tests.terraform.sandbox import Sandbox
from tools import docs, module_docs

_EXAMPLES = [example for document in documents() for example in examples_in(document)]


@pytest.mark.parametrize("example", _EXAMPLES, ids=lambda example: example.name)
def test_an_example_plans_what_it_says(example: Example, box: Sandbox) -> None:
    found = example.plan(box)
    total = found.counts.total()
    assert (found.modules, total) == (example.modules, example.resources), (
        f"the last line should be `# tftest modules={found.modules} resources={total}`; "
        f"planned are {dict(sorted(found.counts.items()))}"
    )
    if example.inventory:
        check(example.inventory, found)


def test_every_module_shows_an_example() -> None:
    readmes = [module / "README.md" for module in module_docs.modules()]
    assert not [readme.parent.name for readme in readmes if not list(examples_in(readme))]


def test_the_tables_of_inputs_and_outputs_are_up_to_date() -> None:
    assert not docs.stale(), "run: make docs"
