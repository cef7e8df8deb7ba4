"""What the documents say to type works on the local stack, typed as it stands there.

Ids that the platform makes up are different each time: where a document shows one, the one of this time is typed.
"""

import base64
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stack.support import Stack, eventually
from tests.stack.terminal import Terminal, statements
from tests.unit.docs.guides import ON_STACK, blocks, kind
from tools.markdown import Document
from tools.paths import ROOT

# What a document shows for something that is made up, and where the real one is told.
_LEARNT = {
    "0f6a1c3e5b7d49f28a4c6e8012345678": r'"session_id": ?"(\w+)"',
    "492817": r'"join_code": ?"(\d+)"',
}
# What a command that shows no status has to say.
_SAYS = {
    "docs/intake.md": "Request processed successfully",
    "docs/lms.md": '"MessageId"',
    "docs/local-stack.md": "quiz-local-submissions.fifo",
}
_PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
_CAPITAL = """api POST /questions -d '{
  "question_id": "capital-au", "text": "What is the capital of Australia?", "category": "science", "difficulty": 2,
  "options": [{"id": "a", "text": "Sydney"}, {"id": "b", "text": "Canberra"}, {"id": "c", "text": "Melbourne"}],
  "key": {"type": "single_choice", "correct": "b"}
}'"""
# What a document takes for granted.
_BEFORE = {
    "docs/adaptive.md": [_CAPITAL, """api POST /quizzes -d '{"quiz_id": "autumn-1", "question_ids": ["capital-au"]}'"""]
}
_LEFT = {
    "docs/adaptive.md": ["quizzes/autumn-1", "questions/capital-au"],
    "docs/api.md": ["quizzes/autumn-1", "questions/pi", "questions/boiling", "questions/noble-gases"],
    "docs/live.md": ["quizzes/friday"],
}


def _document(name: str) -> Document:
    return Document.read(ROOT / name)


def _typed(document: Document) -> list[str]:
    """The commands of the document that are for the local stack, in their order."""
    run = [block for block in blocks(document) if kind(document, block) == "stack" or "api()" in block.text]
    return [one for block in run for one in statements(block.text)]


def _signing_in() -> list[str]:
    return [one for one in _typed(_document("docs/api.md")) if re.match(r"(known|export|API=|TOKEN=|api\(\))", one)]


@pytest.fixture
def terminal(stack: Stack, tmp_path: Path) -> Iterator[Terminal]:
    (tmp_path / "cell.png").write_bytes(_PICTURE)
    example = next(block for block in _document("docs/lms.md").blocks if block.language == "json")
    (tmp_path / "submission.json").write_text(example.text, encoding="utf-8")
    with Terminal(tmp_path) as typing:
        yield typing


def _statuses(said: str) -> list[int]:
    found = [int(status) for status in re.findall(r"^HTTP/\S+ (\d{3})", said, re.MULTILINE)]
    return [status for status in found if status != 100]


def _tidy(terminal: Terminal, name: str) -> None:
    for path in _LEFT.get(name, []):
        for version in (2, 1):
            terminal.type(f"api DELETE /{path} -H 'If-Match: \"{version}\"'")


def _works(terminal: Terminal, text: str) -> str:
    """Type it until it works, if it only looks: lists and sums follow what was written by some seconds."""

    def ended() -> tuple[str, bool]:
        said, status = terminal.type(text)
        asked, answered = text.startswith("api "), _statuses(said)
        return said, status == 0 and all(200 <= one < 300 for one in answered) and bool(answered or not asked)

    said, worked = eventually(ended, lambda end: end[1]) if text.startswith("api GET") else ended()
    assert worked, f"{text}\n{said}"
    return said


@pytest.mark.parametrize("name", ON_STACK)
def test_what_is_typed_works(name: str, terminal: Terminal) -> None:
    if name not in ("docs/api.md", "docs/local-stack.md"):
        for command in _signing_in():
            _works(terminal, command)
    learnt: dict[str, str] = {}
    heard = ""
    prepared = False
    for command in [*_BEFORE.get(name, []), *_typed(_document(name))]:
        if not prepared and command.startswith("api "):
            _tidy(terminal, name)
            prepared = True
        for shown, real in learnt.items():
            command = command.replace(shown, real)
        said = _works(terminal, command)
        heard += said
        learnt |= {shown: found[1] for shown, told in _LEARNT.items() if (found := re.search(told, said))}
    assert _SAYS.get(name, "") in heard
    if "492817" in learnt:
        _works(terminal, f"""api POST /live/{learnt["492817"]} -d '{{"action": "end"}}'""")
    _tidy(terminal, name)


def test_a_submission_that_was_posted_so_is_scored(stack: Stack, terminal: Terminal) -> None:
    for command in _typed(_document("docs/lms.md")):
        _works(terminal, command)
    found = eventually(lambda: stack.results("student-4711"))
    assert "general-knowledge-1-attempt-1" in {result["submission_id"] for result in found}
