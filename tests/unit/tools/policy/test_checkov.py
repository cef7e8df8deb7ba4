"""What checkov is asked, and how its answers are read; checkov itself runs in tests/terraform."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from tools import homes
from tools.policy import checkov
from tools.policy.checkov import Finding
from tools.policy.errors import PolicyError
from tools.policy.skips import Block

_CALLS = {
    "module_calls": {
        "api": {"source": "./modules/api", "module": {"module_calls": {"media": {"source": "../bucket", "module": {}}}}}
    }
}


@pytest.fixture
def answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Put a stand-in in checkov's place, which answers what it is told and keeps how it was called."""

    def stand_in(text: str, code: int = 0) -> Path:
        script = tmp_path / "bin" / "checkov"
        script.parent.mkdir()
        script.write_text(
            f"#!/bin/sh\nenv > {tmp_path}/env\necho \"$@\" > {tmp_path}/called\necho '{text}'\nexit {code}\n"
        )
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setattr(homes, "prepare", lambda _: tmp_path)
        return tmp_path

    return stand_in


def _report(*failed: dict[str, str], **summary: int) -> str:
    whole = {"passed": 1, "parsing_errors": 0, **summary}
    return json.dumps({"results": {"failed_checks": failed}, "summary": whole})


def _failure(resource: str, file: str = "/plan.json") -> dict[str, str]:
    return {"check_id": "CKV_AWS_18", "check_name": "logged", "resource": resource, "file_path": file}


@pytest.mark.parametrize(
    ("address", "block"),
    [
        ("aws_sns_topic.a", Block(".", "aws_sns_topic", "a")),
        (
            'module.api.aws_lambda_permission.this["GET /a.b/{c}"]',
            Block("modules/api", "aws_lambda_permission", "this"),
        ),
        ("module.api.module.media.aws_s3_bucket.this", Block("modules/bucket", "aws_s3_bucket", "this")),
        ('module.api["x.y"].module.media[0].aws_s3_bucket.this[0]', Block("modules/bucket", "aws_s3_bucket", "this")),
    ],
)
def test_a_finding_in_a_plan_is_led_back_to_where_it_is_written(answer: Any, address: str, block: Block) -> None:
    answer(_report(_failure(address)))
    assert checkov.plan({"configuration": {"root_module": _CALLS}}) == {Finding(block, "CKV_AWS_18", "logged")}


@pytest.mark.parametrize(
    ("file", "directory"), [("/main.tf", "."), ("/bootstrap/state.tf", "bootstrap"), ("/modules/a/b.tf", "modules/a")]
)
def test_a_finding_in_the_code_is_in_the_directory_of_its_file(
    answer: Any, tmp_path: Path, file: str, directory: str
) -> None:
    answer(_report(_failure('module.a.aws_s3_bucket.this["a.b"]', file)))
    assert {finding.block for finding in checkov.code(tmp_path)} == {Block(directory, "aws_s3_bucket", "this")}


def test_it_runs_offline_and_without_the_persons_own_settings(
    answer: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BC_API_KEY", "key")
    monkeypatch.setenv("CKV_SKIP_CHECK", "CKV_AWS_18")
    called = answer(_report())
    checkov.code(tmp_path)
    told = dict(line.partition("=")[::2] for line in (called / "env").read_text().splitlines())
    assert not {"BC_API_KEY", "CKV_SKIP_CHECK"} & set(told)
    assert told["CKV_SKIP_PACKAGE_UPDATE_CHECK"] == told["BC_SKIP_MAPPING"] == "TRUE"
    assert told["HOME"] != str(Path.home())
    assert "--skip-download" in (called / "called").read_text()


@pytest.mark.parametrize(
    ("text", "code"),
    [(_report(), 2), (_report(passed=0), 0), (_report(parsing_errors=1), 0), ('{"passed": 0, "failed": 0}', 0)],
    ids=["crashed", "saw-nothing", "could-not-read", "no-resources"],
)
def test_a_scan_that_did_not_work_is_no_clean_scan(answer: Any, tmp_path: Path, text: str, code: int) -> None:
    answer(text, code)
    with pytest.raises(PolicyError, match="checkov did not scan"):
        checkov.code(tmp_path)
