"""Both sides get the same messages, and are judged by the time and the number of results."""

from collections import Counter

from quiz.submissions import parse
from tools.bench import drain
from tools.bench.drain import _of_core, _of_stack
from tools.bench.draining.core import Rates
from tools.bench.draining.messages import submissions
from tools.bench.draining.original_stack import _is_needed
from tools.bench.draining.stack import Drained, Spent


def _drained(milliseconds: float, stored: int) -> Drained:
    return Drained([Spent(99, milliseconds)] * 5, stored)


def test_all_students_hand_in_before_any_hands_in_again() -> None:
    found = list(submissions("run", students=3, each=2))
    assert [message.group for message in found[:3]] == [message.group for message in found[3:]]
    assert Counter(message.group for message in found) == {message.group: 2 for message in found}
    assert len({(message.group, parse(message.body).submission_id) for message in found}) == 6


def test_rounds_are_other_submissions() -> None:
    first, second = (next(submissions("run", 1, 1, first=number)) for number in (1, 2))
    assert parse(first.body).submission_id != parse(second.body).submission_id


def test_no_number_has_a_point() -> None:
    for message in submissions("run", students=20, each=1):
        assert not any(isinstance(answer, float) for answer in parse(message.body).answers.values())


def test_at_least_as_fast_and_nothing_lost() -> None:
    theirs = _drained(10, 4_999)
    for milliseconds, stored, holds in ((10, 5_000, [True, None, True]), (10.1, 4_999, [False, None, False])):
        assert [row.holds for row in _of_stack(_drained(milliseconds, stored), theirs)] == holds


def test_without_an_original_only_loss_is_judged() -> None:
    assert [row.holds for row in _of_stack(_drained(10, drain._SENT), None)] == [None, None, True]


def test_five_times_as_much_of_a_core() -> None:
    at_once = Rates(1, 2_000), Rates(1, 1_000)
    for rate, holds in ((500, True), (499, False)):
        rows = list(_of_core((Rates(rate, 1), Rates(100, 1)), at_once))
        assert [row.holds for row in rows] == [holds, None]


def test_the_models_of_other_services_are_left_out() -> None:
    assert _is_needed("botocore/data/endpoints.json")
    assert _is_needed("botocore/data/dynamodb/2012-08-10/service-2.json.gz")
    assert not _is_needed("botocore/data/s3/2006-03-01/service-2.json.gz")
    assert not _is_needed("boto3/__pycache__/session.cpython-311.pyc")
