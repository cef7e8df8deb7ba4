"""The link to Logs Insights, read back as the console reads it."""

from datetime import timedelta
from urllib.parse import unquote

import pytest

from quiz.alerts.console import ERRORS, errors_link
from tests.unit.alerts.support import CHANGED_AT, NOW

_TOKENS = "~(')"


def _read_back(url: str) -> dict[str, object]:
    """Undo what the console's own links do: $ for %, twice percent, and its notation of objects."""
    page, _, fragment = url.partition("#")
    assert page.startswith("https://")
    assert all(character.isalnum() or character in "$*-._:" for character in fragment)
    view, _, query = unquote(fragment.replace("$", "%")).partition("?queryDetail=")
    assert view == "logsV2:logs-insights"
    found, rest = _value(unquote(query))
    assert rest == ""
    assert isinstance(found, dict)
    return found


def _value(text: str) -> tuple[object, str]:
    assert text[0] == "~"
    if text[1] == "'":
        end = next((i for i, character in enumerate(text) if i > 1 and character in "~)"), len(text))
        return unquote(text[2:end].replace("%", "%25").replace("*", "%")), text[end:]
    assert text[1] == "("
    return _list(text[2:]) if text[2] == "~" else _object(text[2:])


def _list(text: str) -> tuple[list[object], str]:
    found = []
    while text[0] != ")":
        value, text = _value(text)
        found.append(value)
    return found, text[1:]


def _object(text: str) -> tuple[dict[str, object], str]:
    found = {}
    while text[0] != ")":
        name, _, rest = text.partition("~")
        value, text = _value(f"~{rest}")
        found[name] = value
        text = text.removeprefix("~")
    return found, text[1:]


def test_it_says_what_to_look_for_where_and_when() -> None:
    url = errors_link("aws", "eu-central-1", ["quiz-production-clock", "quiz_b"], CHANGED_AT, NOW)
    assert url.startswith("https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1#logsV2")
    assert _read_back(url) == {
        "end": "2026-11-20T03:02:12.000Z",
        "start": "2026-11-20T03:00:12.000Z",
        "timeType": "ABSOLUTE",
        "tz": "UTC",
        "editorString": ERRORS,
        "source": ["/aws/lambda/quiz-production-clock", "/aws/lambda/quiz_b"],
    }


def test_it_looks_like_the_console_s_own() -> None:
    """A link that the console made, as far as the two say the same."""
    url = errors_link("aws", "eu-west-1", ["f"], CHANGED_AT, CHANGED_AT + timedelta(days=1))
    fragment = (
        "logsV2:logs-insights$3FqueryDetail$3D$257E$2528end$257E$25272026-11-21T03*3a00*3a12.000Z$257Estart$257E$2527"
    )
    assert url.partition("#")[2].startswith(fragment)
    assert url.endswith("$257Esource$257E$2528$257E$2527*2faws*2flambda*2ff$2529$2529")


@pytest.mark.parametrize(
    ("partition", "host"),
    [
        ("", "x.console.aws.amazon.com"),
        ("aws-cn", "x.console.amazonaws.cn"),
        ("aws-us-gov", "x.console.amazonaws-us-gov.com"),
    ],
)
def test_each_partition_has_its_console(partition: str, host: str) -> None:
    assert errors_link(partition, "x", ["f"], CHANGED_AT, NOW).startswith(f"https://{host}/")
