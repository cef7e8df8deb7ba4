"""docs/adaptive.md says what the code does: every call and example, every error, every number, and both diagrams."""

import inspect
import json
import random
import re
import shlex
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import msgspec
import pytest

from adapters.gateway.errors import ErrorBody, status_of
from adapters.gateway.routing import Route
from adapters.samples import Samples
from handlers.api.analytics import AnalyticsPage
from handlers.api.http import ROUTES
from quiz.practice import wire
from quiz.practice.memory import Memory, reviewed
from quiz.practice.policies import OLD_BEFORE_NEW, POLICIES
from quiz.practice.practising import NextAction, Practised, chosen, named, penalty, practise
from quiz.practice.progress import Progress
from quiz.practice.sessions import CreateSession, Session, new_session
from quiz.questions import Quiz
from tests.unit.test_errors import ALL
from tools.paths import ROOT

PATH = ROOT / "docs" / "adaptive.md"
GUIDE = PATH.read_text(encoding="utf-8")
_MODELS = {
    "AnalyticsPage": AnalyticsPage,
    "ErrorBody": ErrorBody,
    "Progress": Progress,
    "SessionCreated": wire.SessionCreated,
    "SessionQuestion": wire.SessionQuestion,
    "SessionReply": wire.SessionReply,
    "SessionState": wire.SessionState,
}
_EXAMPLES = re.findall(r"^<!-- (\w+) -->\n```json\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
_OURS = [route for route in ROUTES if re.match(r"/(sessions|analytics|users)\b", route.path)]
_DAY = 86_400
# As the API writes its replies.
_ENCODER = msgspec.json.Encoder(decimal_format="number")


def chapter(title: str) -> str:
    [found] = re.findall(rf"^#+ {re.escape(title)}\n(.*?)(?=^## |\Z)", GUIDE, re.MULTILINE | re.DOTALL)
    return str(found)


def _calls() -> Iterator[list[str]]:
    """The calls of the shell function, as a shell would read them."""
    for block in re.findall(r"^```sh\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL):
        for call in re.split(r"^api ", block, flags=re.MULTILINE)[1:]:
            yield shlex.split(call)


def _route(method: str, path: str) -> Route:
    for route in ROUTES:
        if route.method == method and re.fullmatch(re.sub(r"{\w+}", "[^/]+", route.path), path):
            return route
    raise AssertionError(f"there is no route {method} {path}")


def _missing(example: Any, told: Any) -> Iterator[str]:
    """What of an example the code would not say."""
    if isinstance(example, dict) and isinstance(told, dict):
        for name, value in example.items():
            if name not in told:
                yield name
            else:
                yield from _missing(value, told[name])
        yield from (name for name in told.keys() - example.keys() if told[name] not in (None, "", False, [], {}))
    elif isinstance(example, list) and isinstance(told, list):
        for one, other in zip(example, told, strict=True):
            yield from _missing(one, other)
    elif example != told:
        yield repr(example)


def test_every_example_of_a_call_is_one() -> None:
    tried = set()
    for method, target, *options in _calls():
        url = urlsplit(target)
        route = _route(method, url.path)
        if route.query is not None:
            msgspec.convert(dict(parse_qsl(url.query)), route.query, strict=False)
        if route.takes is not None:
            assert options[0] == "-d"
            msgspec.json.decode(options[1], type=route.takes)
        tried.add(route.key)
    assert tried == {route.key for route in _OURS}


def test_the_table_has_all_routes_of_practice_and_no_others() -> None:
    listed = re.findall(r"^\| `(\w+ /\S+)` \|", chapter("Calls"), re.MULTILINE)
    assert sorted(listed) == sorted(route.key for route in _OURS)


@pytest.mark.parametrize(("name", "example"), _EXAMPLES, ids=lambda each: each[:20].strip())
def test_every_example_of_a_reply_is_one(name: str, example: str) -> None:
    decoded = msgspec.json.decode(example, type=_MODELS[name])
    assert list(_missing(json.loads(example), json.loads(_ENCODER.encode(decoded)))) == []


def test_every_model_has_an_example_and_every_example_a_model() -> None:
    assert {name for name, _ in _EXAMPLES} == _MODELS.keys()
    assert len(_EXAMPLES) == len(re.findall("^```json", GUIDE, re.MULTILINE))
    for one in ("null", '{"current": 1}', "[]"):
        assert list(_missing({"a": json.loads(one)}, {"b": 1}))


def test_the_present_state_in_an_error_is_a_state() -> None:
    [error] = (json.loads(example) for name, example in _EXAMPLES if name == "ErrorBody")
    state = msgspec.convert(error["current"], wire.SessionState)
    assert list(_missing(error["current"], json.loads(_ENCODER.encode(state)))) == []
    assert error["error"] == "outdated_session"


def test_every_error_in_it_is_one_with_its_status() -> None:
    known = {(status_of(error), error.code) for error in ALL}
    told = {(int(status), code) for status, code in re.findall(r"(\d{3}) `(\w+)`", GUIDE)}
    assert told <= known
    assert {code for _, code in told} >= {"outdated_session", "conflict", "not_found", "unavailable"}


@pytest.mark.parametrize("title", ["Begin", "Answer it"])
def test_every_field_that_is_sent_is_in_a_table(title: str) -> None:
    model = {"Begin": CreateSession, "Answer it": wire.SessionAnswer}[title]
    [section] = re.findall(rf"^### {title}\n(.*?)(?=^### )", GUIDE, re.MULTILINE | re.DOTALL)
    listed = re.findall(r"^\| `(\w+)` \| [^|]*\| [^|]*\|$", section, re.MULTILINE)
    assert sorted(listed) == sorted(model.__struct_fields__)


def test_actions_policies_and_penalties_are_those_of_the_code() -> None:
    rows = set(re.findall(r"^\| `([A-Z_]+)` \|", GUIDE, re.MULTILINE))
    assert rows == {str(action) for action in NextAction}
    policies = re.findall(r"^\| `(\w+)`", chapter("Two policies"), re.MULTILINE)
    assert policies[1:] == list(POLICIES)
    assert set(re.findall(r"\(\+1 [^)]*\)", GUIDE)) == {penalty(1), penalty(2)}


def test_every_number_of_progress_is_explained() -> None:
    listed = re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (.*?) \|", chapter("Progress"), re.MULTILINE)))
    assert sorted(listed) == sorted({*Progress.__struct_fields__} - {"user_id"})


def test_its_numbers_are_those_of_the_code() -> None:
    session = new_session(CreateSession(quiz_id="q"), "s", "u", "seed", "l", 1, 0, now=0)
    assert f"{session.expires_at // _DAY} days from its beginning" in GUIDE
    most_of_category = inspect.signature(Samples).parameters["most_ids"].default
    assert f"99 from a quiz, {most_of_category:,} from a category" in GUIDE
    for number in (99, 100):
        asked = {"quiz_id": "q", "question_ids": [f"q{n}" for n in range(number)]}
        assert _is_good(asked, Quiz) == (number == 99)
    assert OLD_BEFORE_NEW.as_integer_ratio() == (1, 5)
    assert "in one of five cases" in GUIDE
    body = {"question_id": "q", "version": 1, "selected_answers": [1] * 100, "time_spent": 86_400}
    assert _is_good(body, wire.SessionAnswer)
    for wrong in ({"selected_answers": [1] * 101}, {"time_spent": 86_401}):
        assert not _is_good({**body, **wrong}, wire.SessionAnswer)


def _is_good(body: dict[str, Any], model: Any) -> bool:
    try:
        msgspec.convert(body, model)
    except msgspec.ValidationError:
        return False
    return True


def test_its_days_are_those_of_the_memory() -> None:
    now, days = 1_800_000_000, []
    memory: Memory | None = None
    for _ in range(4):
        memory = reviewed(memory, True, now)
        days.append((memory.due - now) // _DAY)
        now = memory.due
    assert "after {} days, then {}, {} and {}".format(*days) in GUIDE
    assert (reviewed(None, False, now).due - now) // _DAY == 1
    memory = reviewed(reviewed(memory, True, now), False, now + 497 * _DAY)
    assert 6 <= (memory.due - memory.reviewed) // _DAY <= 8


def _played(session: Session, seed: int) -> Iterator[tuple[Session, Practised]]:
    """A student who is right now and then, to the end of the session."""
    chance = random.Random(seed)
    session = named(*chosen(session), "q")
    while session.asked is not None:
        practised = practise(session, session.asked, chance.random() < 0.6)
        yield session, practised
        session = practised.session
        if practised.correct:
            after, pick = chosen(session, practised.asked.place)
            session = named(after, pick, "q")


def _moves() -> Iterator[tuple[str, str, str]]:
    """Where a question stood, where it went, and by which answer."""
    for seed in range(20):
        session = new_session(CreateSession(quiz_id="q"), "s", "u", str(seed), "l", 12, 0, now=0)
        for before, practised in _played(session, seed):
            asked = practised.asked
            entry = before.wrong_pool.of(asked.place)
            pooled = f"pool_{entry.tries}" if asked.origin == "pool" and entry else "asked"
            after = ("mastered", "pool_1", "pool_2")[practised.tries] if practised.correct else "again"
            yield "again" if asked.misses else pooled, after, "right" if practised.correct else "wrong"


def test_the_diagram_of_a_question_has_every_move_and_no_other() -> None:
    diagram = re.findall(r"^```mermaid\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)[0]
    drawn = set(re.findall(r"(\w+) --> (\w+): (right|wrong)", diagram))
    assert drawn == set(_moves())


def test_the_diagram_of_a_session_has_every_move_and_no_other() -> None:
    diagram = re.findall(r"^```mermaid\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)[1]
    drawn = set(re.findall(r"(\w+) --> (\w+): .*?([A-Z_]+)$", diagram, re.MULTILINE))
    places = {NextAction.RETRY: "retrying", NextAction.NEXT: "asking", NextAction.COMPLETE: "complete"}
    happened = set()
    for seed in range(20):
        session = new_session(CreateSession(quiz_id="q"), "s", "u", str(seed), "l", 12, 0, now=0)
        for _, practised in _played(session, seed):
            action = practised.next_action
            happened.add(("retrying" if practised.asked.misses else "asking", places[action], str(action)))
    assert drawn - {("asking", "sessions", "POST")} == happened


def test_its_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\((?!https:)([^)]+)\)", GUIDE):
        file, _, anchor = target.partition("#")
        text = (PATH.parent / file).read_text(encoding="utf-8") if file else GUIDE
        headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
        anchors = {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}
        assert not anchor or anchor in anchors, target
