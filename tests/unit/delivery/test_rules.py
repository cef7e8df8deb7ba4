"""Every workflow keeps to the rules, and each rule notices who breaks it."""

import re
import subprocess
import sysconfig
from pathlib import Path

import pytest

from tests.unit.delivery.rules import FOLDER, PREPARE, WORKFLOWS, broken
from tools.paths import ROOT


@pytest.mark.parametrize("file", [*WORKFLOWS, PREPARE], ids=lambda file: file.stem)
def test_each_file_keeps_to_the_rules(file: Path) -> None:
    assert broken(file.read_text()) == []


@pytest.mark.parametrize(
    ("name", "line", "instead", "rule"),
    [
        ("check", "@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2", "@v6", "not pinned"),
        ("check", " # v6.0.2", "", "not pinned"),
        ("check", "$/.github", "./.github", "not pinned"),
        ("_plan", "aws-actions/configure", "somebody/configure", "a stranger's action"),
        ("plan", "on:\n  pull_request:", "on:\n  pull_request_target:", "strangers start this"),
        ("plan", "cancel-in-progress: false", "cancel-in-progress: true", "leaves a lock"),
        ("plan", "permissions: {}", "permissions: write-all", "granted something"),
        ("plan", "pull-requests: write", "contents: write", "granted too much"),
        ("drift", "      issues: write", "      issues: write\n      id-token: write", "an identity where no role"),
        ("_plan", "id-token: write", "id-token: none", "none where one is"),
        ("_plan", "id-token: write", "id-token: write\n      issues: write", "writes to people and reads AWS"),
        ("drift", "${{ github.token }}", "${{ secrets.GITHUB_TOKEN }}", "there are no secrets"),
        ("apply", "      environment: staging", "      environment: staging\n    secrets: inherit", "no secrets"),
        ("_plan", 'ENV="$ENVIRONMENT"', "ENV=${{ inputs.environment }}", "part of the script"),
        ("check", "persist-credentials: false", "persist-credentials: true", "leaves its token behind"),
        ("_apply", "persist-credentials: false", "persist-credentials: false\n          ref: main", "another commit"),
        ("check", "    timeout-minutes: 15\n", "", "no timeout"),
        ("check", "    timeout-minutes: 15", "    timeout-minute: 15", "unknown keys"),
        ("_plan", "        with:\n          role", "        wiht:\n          role", "unknown keys"),
        ("check", "    permissions:\n      contents: read\n", "", "granted too much"),
    ],
)
def test_a_broken_rule_is_noticed(name: str, line: str, instead: str, rule: str) -> None:
    text = (FOLDER / f"{name}.yml").read_text()
    assert line in text
    assert any(rule in found for found in broken(text.replace(line, instead)))


def test_an_action_has_one_version_everywhere() -> None:
    texts = [file.read_text() for file in (*WORKFLOWS, PREPARE)]
    used = {found for text in texts for found in re.findall(r"uses: ([\w-]+/[\w-]+)(@\S+ # \S+)", text)}
    assert len({action for action, _ in used}) == len(used) == 5


def test_zizmor_finds_nothing() -> None:
    zizmor = Path(sysconfig.get_path("scripts")) / "zizmor"
    done = subprocess.run(
        [zizmor, "--offline", "--no-progress", "--quiet", ROOT / ".github"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
