"""The plan that lies between `make plan` and `make deploy`, and whether it still is of this checkout.

Terraform itself refuses a plan when the environment has changed since. What it does not see is who else changed: the
packages that the plan names by their hashes, and the commit that somebody read and agreed to.
"""

import base64
import hashlib
import json
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tools import terraform
from tools.paths import LOCAL, ROOT

# Environments that take nothing but commits: what serves there can be read in the history.
FROM_COMMITS_ALONE = frozenset({"production"})

_MOST_NAMED = 5


class NotAsPlanned(Exception):
    """The kept plan is not of what lies here; the message says what changed and what to do."""


@dataclass(frozen=True)
class Origin:
    """What a plan was made from: a commit, and the files that differed from it."""

    commit: str
    changes: tuple[str, ...]

    @classmethod
    def here(cls) -> "Origin":
        """What a plan would be made from now. New files count, unless git ignores them."""
        changes = _git("status", "--porcelain", "--untracked-files=all").splitlines()
        return cls(_git("rev-parse", "HEAD").strip(), tuple(line[3:] for line in changes))


def file(name: str) -> Path:
    """Where the plan of an environment is kept."""
    return LOCAL / f"{name}.tfplan"


def begin(name: str) -> Origin | None:
    """What the plan that is about to be made is made from, where that counts."""
    return Origin.here() if name in FROM_COMMITS_ALONE else None


def remember(name: str, origin: Origin | None) -> None:
    """Write down beside the plan what it was made from."""
    _origin_file(name).write_text(json.dumps({"plan": _digest(file(name)), "origin": origin and asdict(origin)}))


def forget(name: str) -> None:
    """Remove the plan, which has been applied."""
    file(name).unlink()
    _origin_file(name).unlink(missing_ok=True)


def check(name: str, extra: Mapping[str, str]) -> None:
    """Refuse a plan of other packages, and where commits alone are taken, one of anything but this commit."""
    if name in FROM_COMMITS_ALONE:
        _check_origin(name)
    if changed := sorted(set(_changed_packages(name, extra))):
        raise NotAsPlanned(f"packages changed since the plan: {_some(changed)}; {_again(name)}")


def _check_origin(name: str) -> None:
    refuse_changes(name)
    planned, now = _origin_of_kept(name), Origin.here()
    if planned.changes:
        raise NotAsPlanned(f"the plan was made with uncommitted changes in {_some(planned.changes)}; {_again(name)}")
    if planned.commit != now.commit:
        raise NotAsPlanned(
            f"the plan is of commit {planned.commit[:12]}, and this is {now.commit[:12]}; {_again(name)}"
        )


def refuse_changes(name: str) -> None:
    """Refuse a checkout that is no commit, where commits alone are taken."""
    if name in FROM_COMMITS_ALONE and (changes := Origin.here().changes):
        raise NotAsPlanned(
            f"{name} takes nothing but commits, and these files are not committed: {_some(changes)}; "
            f"commit them or put them away (git stash -u), then {_again(name)}"
        )


def _origin_of_kept(name: str) -> Origin:
    written = json.loads(_origin_file(name).read_text()) if _origin_file(name).exists() else {}
    if not written.get("origin") or written["plan"] != _digest(file(name)):
        raise NotAsPlanned(f"nothing tells which commit the kept plan was made from; {_again(name)}")
    return Origin(written["origin"]["commit"], tuple(written["origin"]["changes"]))


def _changed_packages(name: str, extra: Mapping[str, str]) -> Iterator[str]:
    """Zips whose hash in the plan is not that of the file: Terraform would upload them under a false one."""
    shown = json.loads(terraform.run(["show", "-json", str(file(name))], ROOT, extra))
    for values in _functions(shown):
        package = ROOT / values["filename"]
        if not package.exists() or _digest(package) != values["source_code_hash"]:
            yield values["filename"]


def _functions(shown: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for change in shown.get("resource_changes", []):
        if change["type"] == "aws_lambda_function" and change["change"]["after"]:
            yield change["change"]["after"]


def _origin_file(name: str) -> Path:
    return LOCAL / f"{name}.tfplan.json"


def _digest(file: Path) -> str:
    """As Terraform's filebase64sha256 has it."""
    return base64.b64encode(hashlib.sha256(file.read_bytes()).digest()).decode()


def _some(names: "list[str] | tuple[str, ...]") -> str:
    rest = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {rest} more" if rest > 0 else "")


def _again(name: str) -> str:
    return f"make it anew: make plan ENV={name}"


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    except (FileNotFoundError, subprocess.CalledProcessError) as error:
        said = getattr(error, "stderr", None) or error
        raise NotAsPlanned(
            f"this environment takes nothing but commits, and git cannot tell of any here: {said}"
        ) from error
    return done.stdout
