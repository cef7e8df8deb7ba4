"""docs/architecture.md and docs/security.md leave out no function and no table, and name tests that there are."""

import re

import pytest

from handlers.intake.ledger import Settings
from tools.markdown import Document
from tools.paths import ROOT

ARCHITECTURE = Document.read(ROOT / "docs" / "architecture.md")
SECURITY = Document.read(ROOT / "docs" / "security.md")
_DAYS = 86_400


def _terraform() -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in sorted(ROOT.glob("modules/*/*.tf")))


def _functions() -> set[str]:
    return set(
        re.findall(r'source += "\.\./function"\n(?:.*\n)*? +name += "\$\{var\.name_prefix\}-(\w+)"', _terraform())
    )


def _tables() -> dict[str, str]:
    """The tables, each with the attribute that says when a row may be deleted."""
    text = (ROOT / "modules" / "tables" / "definitions.tf").read_text(encoding="utf-8")
    return dict(re.findall(r"^    (\w+) = \{\n(?:      .*\n)*?      ttl +=(.*)$", text, re.MULTILINE))


def _chapter(document: Document, title: str) -> str:
    return document.text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def test_every_function_is_drawn() -> None:
    # The authorizer stands in a sentence, and the intake at the border of the whole.
    drawn = "\n".join(block.text for block in ARCHITECTURE.blocks) + ARCHITECTURE.prose.lower()
    assert len(_functions()) == 13
    assert not [name for name in _functions() if not re.search(rf"\b{name}\b", drawn)]


def test_every_table_is_told_with_its_data() -> None:
    listed = re.findall(r"^\| tables? (.*?) \|", _chapter(SECURITY, "Which data is where"), re.MULTILINE)
    assert sorted(re.findall(r"`(\w+)`", "".join(listed))) == sorted(_tables())


def test_what_is_kept_forever_is_said_so() -> None:
    rows = re.findall(
        r"^\| tables? (.*?) \|.*?\|.*?\| (.*?) \|", _chapter(SECURITY, "Which data is where"), re.MULTILINE
    )
    kept = {name: how_long for names, how_long in rows for name in re.findall(r"`(\w+)`", names)}
    forever = {name for name, how_long in kept.items() if how_long == "until deleted"}
    assert forever == {name for name, ttl in _tables().items() if ttl.strip() == "null"}


@pytest.mark.parametrize(
    ("table", "seconds"),
    [
        ("alerts", "adapters.alerts.memory:_SECONDS_KEPT"),
        ("connections", "adapters.live.connections:_SECONDS_KEPT"),
        ("sessions", "quiz.practice.sessions:_SECONDS_KEPT"),
    ],
)
def test_how_long_is_that_of_the_code(table: str, seconds: str) -> None:
    module, name = seconds.split(":")
    value = getattr(__import__(module, fromlist=[name]), name)
    how_long = f"{value // _DAYS} days" if value >= _DAYS else f"{value // 3600} hours"
    assert re.search(rf"^\| table `{table}` \|.*\| {how_long} \|", SECURITY.text, re.MULTILINE)


def test_how_long_the_intake_keeps_is_its_default() -> None:
    assert re.search(rf"^\| table `requests` \|.*\| {Settings('table').keep_days} days \|", SECURITY.text, re.MULTILINE)


def test_every_threat_names_tests_that_there_are() -> None:
    rows = re.findall(r"^\| [^|]+ \| [^|]+ \| (`tests/.*`) \|$", _chapter(SECURITY, "What could happen"), re.MULTILINE)
    assert len(rows) == _chapter(SECURITY, "What could happen").count("\n| ") - 1
    for named in re.findall(r"`([^`]+)`", "".join(rows)):
        path, _, name = named.partition("::")
        assert (ROOT / path).is_file(), named
        assert re.search(rf"^ *def {name or 'test_'}", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE), named


def test_every_requirement_has_a_hash() -> None:
    files = sorted((ROOT / "requirements").glob("*.txt"))
    assert files
    for file in files:
        pinned = re.split(r"^(?=[a-z0-9])", file.read_text(encoding="utf-8"), flags=re.MULTILINE | re.IGNORECASE)[1:]
        assert not [one.split()[0] for one in pinned if "==" not in one or "--hash=sha256:" not in one], file
