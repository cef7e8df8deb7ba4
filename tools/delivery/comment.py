"""A plan as the comment of a pull request."""

import re

from tools.delivery.changes import Changes

# GitHub takes 65,536 characters. Bytes are never fewer, so counting them is safe however it counts.
LIMIT = 65_536

_FENCE = "~~~~~~"
_CUT = "… and {lines} lines more, all of which are in the log of the run."

# Terraform masks what it knows to be sensitive. These are secrets by their look, in case that nobody marked them.
_SECRETS = re.compile(
    r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"
    r"|\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]+"
    r"|\bgh[opsu]_\w{30,}"
    r"|https://hooks\.slack\.com/\S+"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----"
)
_MARKED = re.compile(r"^( *)(-/\+|\+/-|[-+~])(?= )", re.MULTILINE)


def marker(environment: str) -> str:
    """What a comment begins with, unseen, so that it is found again."""
    return f"<!-- plan: {environment} -->"


def body(environment: str, changes: Changes, plan: str) -> str:
    """The whole comment: the counts, what would be lost, and the plan as far as it fits."""
    head = [marker(environment), f"### {environment}: {changes.headline}", ""]
    if losses := changes.losses():
        head += ["**Goes away, with what it holds:**", "", *(f"- {line}" for line in losses), ""]
    head += ["<details><summary>The plan</summary>", "", f"{_FENCE}diff"]
    tail = [_FENCE, "", "</details>", ""]
    lines = _safe(plan).splitlines()
    room = LIMIT - len("\n".join([*head, *tail, _CUT.format(lines=len(lines))]).encode()) - 2
    kept = _fitting(lines, room)
    cut = [] if len(kept) == len(lines) else [_CUT.format(lines=len(lines) - len(kept))]
    return "\n".join([*head, *kept, tail[0], *cut, *tail[1:]])


def failed(environment: str) -> str:
    """What stands there when there is no plan to tell of."""
    return f"{marker(environment)}\n### {environment}: could not be planned\n\nThe log of the run says why.\n"


def _safe(plan: str) -> str:
    """Without secrets and without anything that would end the block; signs stand first, where they give colour."""
    hidden = _SECRETS.sub("(hidden)", plan.strip("\n")).replace("~~~", "~ ~ ~")
    return _MARKED.sub(_coloured, hidden)


def _coloured(found: re.Match[str]) -> str:
    indent, sign = found.groups()
    return f"{sign}{indent}" if sign in "+-" else f"!{indent[1:]}{sign}"


def _fitting(lines: list[str], room: int) -> list[str]:
    kept: list[str] = []
    for line in lines:
        room -= len(line.encode()) + 1
        if room < 0:
            break
        kept.append(line)
    return kept
