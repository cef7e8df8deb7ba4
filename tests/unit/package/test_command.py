"""The command line."""

from pathlib import Path

import pytest

from tools.package.__main__ import main


def test_prints_one_line_per_zip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--out", str(tmp_path), "queue"]) == 0
    [line] = capsys.readouterr().out.splitlines()
    assert line.split()[0] == "queue"
    assert line.endswith("dynamodb, sqs")
    assert [path.name for path in tmp_path.iterdir()] == ["queue.zip"]


def test_fails_with_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--out", str(tmp_path), "quue"]) == 1
    assert capsys.readouterr().err.startswith("package: no handler package is called 'quue'; there are: ")
