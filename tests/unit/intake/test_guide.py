"""docs/intake.md says what the code does."""

import json
import re
from typing import Any

import msgspec

from adapters.gateway.errors import status_of
from handlers.intake.ledger import METHODS, ROUTES, Recorded, Settings
from quiz.intake import MOST_BYTES, Entry
from quiz.redaction import REDACTED, kept_headers
from tests.unit.builders import Calls
from tests.unit.intake.support import answer, request
from tools.paths import ROOT

GUIDE = (ROOT / "docs" / "intake.md").read_text(encoding="utf-8")


def _section(heading: str) -> str:
    return GUIDE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def test_every_attribute_is_explained() -> None:
    assert re.findall(r"^\| `(\w+)` \|", _section("What is kept"), re.MULTILINE) == [
        "request_id",
        "timestamp",
        "source",
        "method",
        "path",
        "query",
        "headers",
        "user_id",
        "body",
        "is_base64",
        "is_json",
        "expires_at",
    ]
    assert len(Entry.__struct_fields__) == 12


def test_the_answer_in_it_is_one(intake: Calls, database: Any) -> None:
    [shown] = re.findall(r'^({"message".*})$', GUIDE, re.MULTILINE)
    told = msgspec.json.decode(shown, type=Recorded)
    assert json.loads(shown).keys() == answer(request()).body.keys()
    assert told.message == answer(request(request_id="another")).body["message"]


def test_every_error_is_explained() -> None:
    rows = re.findall(r"^\| (\d{3}) \| `(\w+)`", _section("Limits and errors"), re.MULTILINE)
    explained = {(int(status), code) for status, code in rows}
    assert explained == {(status_of(error), error.code) for error in ROUTES[0].can_fail_with()}


def test_methods_and_limits_are_those_of_the_code() -> None:
    assert ", ".join(f"`{method}`" for method in METHODS[:-1]) + f" and `{METHODS[-1]}`" in GUIDE
    assert f"{MOST_BYTES // 1024} KB ({MOST_BYTES:,} bytes)" in GUIDE
    assert f"kept for {Settings('table').keep_days} days" in GUIDE


def test_what_it_calls_left_out_is_left_out() -> None:
    left_out = _section("What is not").partition("- **What only")[0]
    names = re.findall(r"`([A-Z][\w-]+)`", left_out)
    assert {"Authorization", "Cookie", "X-Forwarded-For"} <= set(names)
    assert kept_headers(dict.fromkeys(names, "x")) == {}
    assert f"`{REDACTED}`" in left_out
