"""docs/security.md lists what the plan allows each function."""

from tests.terraform import grants_page
from tests.terraform.plans import Resources


def test_what_each_function_may_do_is_listed(local: Resources) -> None:
    listed = grants_page.shown()
    assert listed == grants_page.table(local), "run: python -m tests.terraform.grants_page"
