"""A finding needs a skip, and a skip a finding."""

from tools.policy.checkov import Finding
from tools.policy.judging import complaints
from tools.policy.skips import Block, Skip

_BLOCK = Block("modules/queue", "aws_sqs_queue", "main")
_FINDING = Finding(_BLOCK, "CKV_AWS_27", "Ensure all data stored in the SQS queue is encrypted")
_SKIP = Skip(_BLOCK, "CKV_AWS_27", "Something else protects it.")


def test_an_excused_finding_is_no_complaint() -> None:
    assert complaints({_FINDING}, [_SKIP]) == []


def test_a_finding_that_nobody_excused_is_told_with_what_the_check_wants() -> None:
    assert complaints({_FINDING}, []) == [
        "modules/queue: aws_sqs_queue.main fails CKV_AWS_27: Ensure all data stored in the SQS queue is encrypted"
    ]


def test_a_skip_that_excuses_nothing_any_more_is_told() -> None:
    assert complaints(set(), [_SKIP]) == ["modules/queue: aws_sqs_queue.main skips CKV_AWS_27, which it passes"]


def test_a_skip_is_for_its_own_block_and_check_alone() -> None:
    elsewhere = Skip(Block("modules/queue", "aws_sqs_queue", "dead_letters"), "CKV_AWS_27", "A reason.")
    other = Skip(_BLOCK, "CKV_AWS_168", "A reason.")
    assert len(complaints({_FINDING}, [elsewhere, other])) == 3
