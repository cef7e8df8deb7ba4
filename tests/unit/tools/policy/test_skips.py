"""Skip comments: read with their block, refused where nobody could tell what they excuse."""

from pathlib import Path

import pytest

from tools.policy import page
from tools.policy.errors import PolicyError
from tools.policy.skips import Block, Skip, skips

_QUEUE = Block("modules/queue", "aws_sqs_queue", "main")


def _write(root: Path, text: str) -> Path:
    file = root / "modules" / "queue" / "queue.tf"
    file.parent.mkdir(parents=True)
    file.write_text(text)
    return root


def test_are_read_with_their_block(tmp_path: Path) -> None:
    text = (
        'data "aws_iam_policy_document" "other" {\n}\n\n'
        'resource "aws_sqs_queue" "main" {\n'
        "  #checkov:skip=CKV_AWS_27: Something else protects it.\n"
        "  #checkov:skip=CKV2_AWS_73: So it does.\n\n"
        "  tags = {\n    a = 1\n  }\n}\n"
    )
    assert skips(_write(tmp_path, text)) == [
        Skip(_QUEUE, "CKV2_AWS_73", "So it does."),
        Skip(_QUEUE, "CKV_AWS_27", "Something else protects it."),
    ]


def test_of_the_root_are_of_its_directory(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('resource "a" "b" {\n  #checkov:skip=CKV_AWS_1: A reason.\n}\n')
    assert [skip.block.directory for skip in skips(tmp_path)] == ["."]


@pytest.mark.parametrize(
    "text",
    [
        "#checkov:skip=CKV_AWS_27: Outside of a block.\n",
        'resource "a" "b" {\n}\n  #checkov:skip=CKV_AWS_27: After the block.\n',
        'resource "a" "b" {\n  #checkov:skip=CKV_AWS_27\n}\n',
        'resource "a" "b" {\n  #checkov:skip=CKV_AWS_27: \n}\n',
        'resource "a" "b" {\n  # checkov:skip=CKV_AWS_27: In another form.\n}\n',
        'resource "a" "b" {\n  #checkov:skip=*: Everything.\n}\n',
    ],
    ids=["outside", "after", "no-reason", "empty-reason", "other-form", "everything"],
)
def test_that_excuse_nothing_in_particular_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(PolicyError, match=r"queue\.tf:\d must be in a block and read: #checkov:skip=CKV_AWS_1"):
        skips(_write(tmp_path, text))


def test_are_all_on_the_page() -> None:
    written = page.PAGE.read_text()
    assert written == page.rendered()
    assert written.count("| CKV") == len(skips())
