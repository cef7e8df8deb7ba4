"""What Terraform says while the local stack is applied, and what is made of it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tools.stack import apply, redis
from tools.stack.fit import Unusable
from tools.terraform import TerraformFailed

HOOK = {"action": "create", "resource": {"resource_type": "aws_sqs_queue"}}
URL = "http://127.0.0.1:1"


def _saying(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *messages: dict[str, Any], status: int = 0) -> None:
    script = tmp_path / "terraform"
    spoken = "\n".join(json.dumps({"@message": "", "@level": "info", **message}) for message in messages)
    script.write_text(f"#!/bin/sh\ncat <<'END'\n{spoken}\nEND\nexit {status}\n")
    script.chmod(0o755)
    monkeypatch.setattr(apply, "terraform", lambda: str(script))
    monkeypatch.setattr(redis, "NAME", "a-redis-that-never-ran")


def _error(detail: str) -> dict[str, Any]:
    diagnostic = {"address": "aws_sqs_queue.this", "detail": detail}
    return {"type": "diagnostic", "@level": "error", "@message": "Error: creating", "diagnostic": diagnostic}


def test_progress_is_told_as_it_comes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    planned, complete = {"type": "planned_change"}, {"type": "apply_complete", "hook": HOOK}
    _saying(monkeypatch, tmp_path, planned, complete, {"type": "planned_change"})
    assert apply.apply(URL, lambda done, all_: told.append((done, all_))) == apply.Changes(1, of_code=False)
    assert told == [(0, 1), (1, 1), (1, 2)]


def test_an_error_names_its_resource(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _saying(monkeypatch, tmp_path, _error("it is Tuesday"), status=1)
    with pytest.raises(TerraformFailed, match=r"^aws_sqs_queue\.this\nError: creating\nit is Tuesday$"):
        apply.apply(URL, lambda *_: None)


@pytest.mark.parametrize(
    "detail",
    [
        "ResourceInUseException: Table already exists: quiz-local-results",
        "ResourceConflictException: Function already exist: quiz-local-api",
        "EntityAlreadyExists: Role with name quiz-local-api",
    ],
)
def test_what_the_state_does_not_know_asks_for_a_new_emulator(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, detail: str
) -> None:
    _saying(monkeypatch, tmp_path, _error(detail), status=1)
    with pytest.raises(Unusable, match=detail):
        apply.apply(URL, lambda *_: None)
