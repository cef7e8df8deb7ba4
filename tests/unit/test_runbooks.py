"""A page is read at three in the morning: what it says to type exists, and it is where the reader looks for it."""

import re
import subprocess

import pytest

from handlers.api import http
from handlers.cache import leaderboard
from handlers.intake import ledger
from tests.unit.runbooks import aws, queries, tools
from tests.unit.runbooks.pages import INDEX, Page, pages
from tools import module_docs
from tools.paths import ROOT

PAGES = pages()
EVERYTHING = [*PAGES, Page(INDEX)]
HEADINGS = ["Meaning", "Impact", "Diagnosis", "Mitigation", "Prevention"]
MOST_LINES = 120
MOST_COLUMNS = 120
# What a shell has, and what everybody has who can run this repository.
_SHELL = {"}", "cat", "curl", "date", "done", "echo", "export", "for", "head", "jq", "make", "printf"}
_SHELL |= {"read", "sed", "sort", "tr"}

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
everywhere = pytest.mark.parametrize("page", EVERYTHING, ids=lambda page: page.name)


def _commands(page: Page, name: str) -> list[list[str]]:
    return [command for command in page.commands if command[0] == name]


class TestAPage:
    @each_page
    def test_answers_the_same_questions_in_the_same_order(self, page: Page) -> None:
        assert page.headings(1) == [page.name]
        assert page.headings(2) == HEADINGS

    @each_page
    def test_begins_its_diagnosis_as_all_others_do(self, page: Page) -> None:
        [prelude] = Page(INDEX).blocks("sh")[:1]
        _, _, diagnosis = page.text.partition("## Diagnosis\n\n")
        assert diagnosis.startswith(f"```sh\n{prelude}```\n")

    @each_page
    def test_is_short(self, page: Page) -> None:
        assert len(page.text.splitlines()) <= MOST_LINES

    @everywhere
    def test_fits_on_a_screen(self, page: Page) -> None:
        assert not [line for line in page.text.splitlines() if len(line) > MOST_COLUMNS]

    @everywhere
    def test_leads_to_what_is_there(self, page: Page) -> None:
        for link in page.links:
            name, _, anchor = link.partition("#")
            target = Page((page.path.parent / name).resolve() if name else page.path)
            assert target.path.exists(), link
            assert not anchor or anchor in target.anchors, link

    @each_page
    def test_is_in_the_index(self, page: Page) -> None:
        assert f"{page.name}.md" in Page(INDEX).links


class TestWhatIsTyped:
    @everywhere
    def test_is_said_to_be_shell_or_a_query(self, page: Page) -> None:
        # The index shows an alert besides, and the way that it takes.
        assert page.languages <= {"sh", "text"} | ({"", "mermaid"} if page.path == INDEX else set())

    @everywhere
    def test_can_be_read_by_a_shell(self, page: Page) -> None:
        for block in page.blocks("sh"):
            done = subprocess.run(["bash", "-n"], input=block, text=True, capture_output=True, check=False)
            assert (done.returncode, done.stderr) == (0, ""), block

    @everywhere
    def test_is_there(self, page: Page) -> None:
        own = set(re.findall(r"^ *(\w+)\(\) \{", page.text, re.MULTILINE)) | {"aws", "python", "terraform"}
        assert not [command for command in page.commands if command[0] not in _SHELL | own]

    @everywhere
    def test_is_known_to_the_aws_cli(self, page: Page) -> None:
        assert not [problem for command in _commands(page, "aws") for problem in aws.problems(command)]

    @everywhere
    def test_is_known_to_our_tools(self, page: Page) -> None:
        assert not [problem for command in _commands(page, "python") for problem in tools.problems(command)]

    @everywhere
    def test_is_known_to_make(self, page: Page) -> None:
        targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
        named = [command[1] for command in _commands(page, "make")] + re.findall(r"`make ([a-z]+)", page.prose)
        assert set(named) <= set(targets)

    @everywhere
    def test_asks_for_outputs_that_there_are(self, page: Page) -> None:
        outputs = {block.name for block in module_docs.read(ROOT / "outputs.tf")}
        asked = {command[-1] for command in _commands(page, "terraform") if command[1] == "output"}
        assert asked <= outputs

    @everywhere
    def test_asks_for_metrics_that_there_are(self, page: Page) -> None:
        ours = [command for command in _commands(page, "aws") if "QuizPlatform" in command]
        named = [command[command.index("--metric-name") + 1] for command in ours]
        assert not [name for name in named if not queries.said(name)]

    @everywhere
    def test_looks_in_the_logs_for_what_is_written_there(self, page: Page) -> None:
        assert not [problem for query in page.blocks("text") for problem in queries.problems(query)]


class TestWhatIsSaid:
    @everywhere
    def test_of_routes_names_those_that_there_are(self, page: Page) -> None:
        routes = {route.key for route in (*http.ROUTES, *leaderboard.ROUTES, *ledger.ROUTES)}
        named = re.findall(r"`((?:DELETE|GET|PATCH|POST|PUT) /[^`]+)`", page.prose)
        assert set(named) <= routes
