"""The examples of docs/api.md, one after the other as a reader would try them."""

import json
import re
import shlex
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest

from adapters.gateway.errors import status_of
from tests.unit.api.driver import answer, event
from tests.unit.builders import Calls
from tests.unit.test_errors import ALL
from tools.openapi import ROUTES
from tools.paths import ROOT

GUIDE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
# What students do is tried by the tests of those routes.
_OF_STUDENTS = "## Taking a quiz"


def _examples() -> Iterator[list[str]]:
    """The calls of our own shell function, as a shell would read them."""
    for block in re.findall(r"^```sh\n(.*?)^```", GUIDE.partition(_OF_STUDENTS)[0], re.MULTILINE | re.DOTALL):
        for start in re.finditer(r"^api ", block, re.MULTILINE):
            lexer = shlex.shlex(block[start.start() :], posix=True, punctuation_chars=False)
            lexer.whitespace_split, lexer.commenters = True, ""
            words = list(lexer)
            following = words.index("api", 1) if "api" in words[1:] else len(words)
            yield words[1:following]


def _key(method: str, path: str) -> tuple[str, dict[str, str]]:
    for route in ROUTES:
        pattern = re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", route.path)
        if route.method == method and (found := re.fullmatch(pattern, path)):
            return route.key, found.groupdict()
    raise AssertionError(f"there is no route {method} {path}")


def test_every_example_works(api: Calls) -> None:
    tried = set()
    for method, target, *options in _examples():
        url = urlsplit(target)
        key, places = _key(method, url.path)
        given = dict(zip(options[::2], options[1::2], strict=True))
        headers = dict([given["-H"].split(": ")]) if "-H" in given else {}
        reply = answer(event(key, given.get("-d"), path=places, query=dict(parse_qsl(url.query)), headers=headers))
        assert reply.status < 300, (key, reply.body)
        tried.add(key)
    # Live quizzes and practice have guides of their own.
    of_others = {route.key for route in ROUTES if route.public or route.instructors}
    assert tried == {key for key in of_others if "/live" not in key and "/analytics" not in key}


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.key)
def test_every_route_is_in_the_table(route: object) -> None:
    assert f"| `{route.key}` |" in GUIDE  # type: ignore[attr-defined]


def test_every_code_that_a_route_may_answer_is_explained() -> None:
    found = {error for route in ROUTES for error in route.can_fail_with()}
    rows = re.findall(r"^\| (\d{3}) \| (.*?) \|", GUIDE, re.MULTILINE)
    explained = {(int(status), code) for status, codes in rows for code in re.findall(r"`(\w+)`", codes)}
    assert {(status_of(error), error.code) for error in found} <= explained
    assert explained - {(429, "message")} <= {(status_of(error), error.code) for error in ALL}


def test_the_error_in_it_is_one(api: Calls) -> None:
    [shown] = re.findall(r'^({"error".*})$', GUIDE, re.MULTILINE)
    body = {"text": "?", "key": {"type": "true_false", "correct": True}, "difficulty": 6}
    assert answer(event("POST /questions", body)).body == json.loads(shown)
