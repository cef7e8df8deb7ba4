"""What each function may do, as docs/security.md lists it; `python -m tests.terraform.grants_page` writes it there."""

import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.terraform import sandbox
from tests.terraform.plans import Raw, Resources
from tests.terraform.policies import Function, functions
from tests.terraform.resolved import address_of, resolve
from tests.terraform.sandbox import Sandbox
from tools.paths import ROOT

PAGE = ROOT / "docs" / "security.md"
LOCAL = ROOT / "environments" / "local.tfvars"
BEGIN, END = "<!-- BEGIN GENERATED GRANTS -->", "<!-- END GENERATED GRANTS -->"

# Every function has these two, and they tell nothing.
_EVERYBODY = {"Logs", "Tracing"}
_KINDS = {
    "aws_cloudwatch_event_bus": "the event bus",
    "aws_dynamodb_table": "table",
    "aws_kms_key": "key of",
    "aws_lambda_alias": "function",
    "aws_s3_bucket": "bucket",
    "aws_sns_topic": "topic",
    "aws_sqs_queue": "queue",
}
_ONE_ALONE = {"aws_cloudwatch_event_bus"}
_SAID = {
    r"^\*$": "everything (AWS offers nothing narrower)",
    r"@connections": "connections of the WebSocket API",
    r":function:.*\*$": "all functions",
    r":log-group:": "logs of all functions",
    r":ssm:": "the webhook's parameter",
}
_ADDRESS = re.compile(r"(?P<kind>aws_\w+)\.(?P<name>\w+)(?:\[\"?(?P<key>[\w-]+)\"?\])?(?P<part>/.*)?$")


def table(found: Resources) -> str:
    """The list, a row for each function and what it may touch."""
    rows = [row for function in sorted(functions(found).values(), key=_name) for row in _rows(function, found)]
    return "\n".join(["| Function | May use | For |", "|---|---|---|", *rows])


def shown() -> str:
    """The list as the page has it."""
    return PAGE.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0].strip()


def _rows(function: Function, found: Resources) -> Iterator[str]:
    allowed: dict[str, set[str]] = defaultdict(set)
    for sid, grant in function.grants.items():
        for resource in grant.resources if sid not in _EVERYBODY else ():
            allowed[_thing(resource, found)] |= {action.partition(":")[2] for action in grant.actions}
    alike: dict[str, list[str]] = defaultdict(list)
    for thing, actions in sorted(allowed.items()):
        alike[", ".join(sorted(actions))].append(thing)
    name = f"`{_name(function)}`"
    for calls, things in sorted(alike.items(), key=lambda item: item[1]):
        yield f"| {name} | {', '.join(things)} | {calls} |"
        name = ""


def _name(function: Function) -> str:
    name: str = function.values["function_name"]
    return name.removeprefix("quiz-local-")


def _thing(resource: str, found: Resources) -> str:
    """What a resource is to somebody who reads the page."""
    for pattern, words in _SAID.items():
        if re.search(pattern, resource):
            return words
    match = _ADDRESS.search(address_of(resource))
    if match is None or match["kind"] not in _KINDS:
        raise ValueError(f"{resource} has no name on the page")
    address = address_of(resource).removesuffix(match["part"] or "")
    called = _called(match, found.by_address.get(address, {}))
    return f"{_KINDS[match['kind']]} {called}".strip() + _part(match["part"] or "")


def _called(match: re.Match[str], values: Raw) -> str:
    if match["kind"] in _ONE_ALONE:
        return ""
    given = next((values[key] for key in ("function_name", "bucket", "user_name", "name") if values.get(key)), "")
    shortened = re.sub(r"^quiz-local-(?:\d{12}-)?", "", str(given))
    return f"`{shortened or match['key'] or match['name']}`"


def _part(part: str) -> str:
    """The part of it that is meant: an index, a folder."""
    if part.startswith("/index/"):
        return f" by `{part.removeprefix('/index/')}`"
    return f" `{part[1:]}`" if part not in ("", "/*", "/stream") else ""


def main() -> None:
    """Plan the laptop's environment, and write what the plan allows."""
    with tempfile.TemporaryDirectory() as folder:
        box = Sandbox.make(Path(folder))
        found = resolve(box.root, sandbox.plan(box.root, files=[LOCAL]), [LOCAL])
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n\n{table(found)}\n\n{END}{rest.partition(END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
