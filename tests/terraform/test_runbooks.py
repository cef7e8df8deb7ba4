"""Every alarm has its page, every page its alarm, and what a page names is there."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from tests.terraform.plans import Plan, Resources
from tests.unit.runbooks.pages import INDEX, Page, pages

_PREFIX = "quiz-local-"
_KINDS = ("aws_cloudwatch_composite_alarm", "aws_cloudwatch_metric_alarm")
_PAGES = pages()
_EVERYTHING = [*_PAGES, Page(INDEX)]

each_page = pytest.mark.parametrize("page", _EVERYTHING, ids=lambda page: page.name)


@pytest.fixture(scope="module")
def alarms(local: Resources) -> dict[str, str]:
    """Descriptions by short name."""
    found = [alarm for kind in _KINDS for alarm in local.of_type(kind).values()]
    return {alarm["alarm_name"].removeprefix(_PREFIX): alarm["alarm_description"] for alarm in found}


def _said(description: str, label: str) -> str:
    """What the description says after the label, on a line of its own."""
    return next(iter(re.findall(rf"^{label}: (.+)$", description, re.MULTILINE)), "")


def _page(description: str) -> str:
    [name] = re.findall(r"^Runbook: \S+/([^/\s]+)\.md$", description, re.MULTILINE)
    return str(name)


class TestNames:
    def test_of_pages_are_those_that_alarms_link_to(self, alarms: Mapping[str, str]) -> None:
        assert {page.name for page in _PAGES} == {_page(description) for description in alarms.values()}

    def test_of_alarms_lead_to_their_own_page(self, alarms: Mapping[str, str], local: Resources) -> None:
        named = {one["function_name"].removeprefix(_PREFIX) for one in local.of_type("aws_lambda_function").values()}
        for name, description in alarms.items():
            page = _page(description)
            # Of several alike, such as one for each node or each table, all have the same, and so have all functions.
            function = name.removesuffix(page.removeprefix("function"))
            assert name.startswith(page) or (page.startswith("function-") and function in named), name


class TestTheIndex:
    def test_tells_what_wakes_whom(self, alarms: Mapping[str, str]) -> None:
        planned: dict[tuple[str, str], set[str]] = defaultdict(set)
        for name, description in alarms.items():
            pillar, severity = _said(description, "Pillar"), _said(description, "Severity")
            if pillar and name != f"{pillar}-down":
                planned[pillar, severity].add(_page(description))
        assert _listed() == planned

    def test_lists_the_rest_as_tickets_of_no_pillar(self, alarms: Mapping[str, str]) -> None:
        everywhere = _chapters()["Everywhere"]
        rest = [description for description in alarms.values() if not _said(description, "Pillar")]
        assert _links([everywhere]) == {_page(description) for description in rest}
        assert {_said(description, "Severity") for description in rest} == {"ticket"}


def _chapters() -> dict[str, str]:
    """What the index says below each of its headings of the third level."""
    _, *parts = re.split(r"^### ", Page(INDEX).prose, flags=re.MULTILINE)
    return {title: text for title, _, text in (part.partition("\n") for part in parts)}


def _listed() -> dict[tuple[str, str], set[str]]:
    """The pages by the pillar in the heading above them, and by whether they wake somebody."""
    found = {}
    for title, text in _chapters().items():
        for pillar in re.findall(r"\[(\w+)-down\]", title):
            bullets = re.split(r"^- ", text, flags=re.MULTILINE)
            for label, severity in (("Wake", "page"), ("Tickets", "ticket")):
                if links := _links(bullet for bullet in bullets if bullet.startswith(label)):
                    found[pillar, severity] = links
    return found


def _links(texts: Iterable[str]) -> set[str]:
    return {name for text in texts for name in re.findall(r"\]\(([\w-]+)\.md\)", text)}


class TestWhatAPageNames:
    @each_page
    def test_is_a_name_that_something_has(self, page: Page, local: Resources) -> None:
        names = set(re.findall(rf"{_PREFIX}[a-z0-9-]+", json.dumps(dict(local.by_address))))
        # In capitals: whoever reads it fills it in.
        for name in re.findall(r"quiz-\$?ENV-([a-z0-9-]+)(?![A-Z])", page.text):
            assert any(f"{one}-".startswith(f"{_PREFIX}{name}".rstrip("-") + "-") for one in names), name

    @each_page
    def test_is_a_part_of_the_output_that_it_is_looked_for_in(self, page: Page, local_plan: Plan) -> None:
        changes = local_plan.planned["output_changes"]
        for output, key in re.findall(r"terraform output -json (\w+) \| jq -r \.(\w+)", page.text):
            assert key in _keys(changes[output]), f"{output}.{key}"

    @each_page
    def test_is_a_queue_that_the_tool_knows(self, page: Page, local_plan: Plan) -> None:
        known = _keys(local_plan.planned["output_changes"]["dead_letters"])
        named = [command[4] for command in page.commands if command[:3] == ["python", "-m", "tools.dlq"]]
        assert set(named) <= known


def _keys(change: Mapping[str, Any]) -> set[str]:
    """The keys of an output, whether their values are known before the apply or not."""
    sides = [change["after"], change["after_unknown"]]
    return {key for side in sides if isinstance(side, dict) for key in side}
