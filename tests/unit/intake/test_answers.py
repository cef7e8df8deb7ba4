"""What the sender of a request is told, what is counted, and what no log line holds."""

import json
from typing import Any

import pytest

from tests.unit.builders import Calls, accepted, refused
from tests.unit.intake.support import answer, request
from tests.unit.queue_driver import metrics


def test_nobody_records_without_a_token(intake: Calls, database: Any) -> None:
    assert answer(request(user=None)).status == 401
    assert not intake.made


def test_a_table_that_is_away_is_said_so_and_may_be_back_in_a_moment(
    intake: Calls, capsys: pytest.CaptureFixture[str]
) -> None:
    intake.answers["PutItem"] = lambda _: refused("ThrottlingException")
    reply = answer(request(body='{"mark": "SECRET"}', query="token=SECRET"))
    assert (reply.status, reply.error) == (503, "unavailable")
    assert int(reply.headers["Retry-After"]) > 0
    out = capsys.readouterr().out
    assert "SECRET" not in out
    assert json.loads(out.splitlines()[-1])["RequestsFailed"] == [1]


def test_a_write_whose_answer_was_lost_is_recognised(intake: Calls, database: Any) -> None:
    """botocore tries again by itself, and then finds its own line."""
    intake.answers["PutItem"] = lambda _: refused("ConditionalCheckFailedException")
    assert answer(request()).status == 200


def test_a_fault_of_ours_tells_nothing(intake: Calls, capsys: pytest.CaptureFixture[str]) -> None:
    intake.answers["PutItem"] = lambda _: refused("ResourceNotFoundException")
    reply = answer(request(body="SECRET"))
    assert (reply.status, reply.error) == (500, "internal_error")
    assert "SECRET" not in capsys.readouterr().out


def test_what_is_recorded_is_counted_and_nothing_of_it_is_logged(
    intake: Calls, capsys: pytest.CaptureFixture[str]
) -> None:
    intake.answers["PutItem"] = lambda _: accepted()
    answer(request(body="SECRET", path="/intake/SECRET", query="q=SECRET", headers={"x-a": "SECRET"}))
    told = capsys.readouterr()
    assert "SECRET" not in told.out + told.err
    assert json.loads(told.out.splitlines()[-1])["RequestsRecorded"] == [1]


def test_a_repeated_delivery_is_not_counted_again(
    intake: Calls, database: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(request())
    assert metrics(capsys)["RequestsRecorded"] == [1]
    answer(request())
    assert "RequestsRecorded" not in capsys.readouterr().out
