"""The daily event of the platform's own: recorded once, and failing where it cannot be."""

import json
from typing import Any

import msgspec
import pytest

from handlers.intake.ledger import handler
from quiz.errors import Unavailable
from tests.unit.builders import Calls, context, refused
from tests.unit.intake.support import DAYS, SCHEDULED, line, lines
from tests.unit.queue_driver import metrics


def test_it_is_recorded_with_the_time_it_was_due(
    intake: Calls, database: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    told = handler(dict(SCHEDULED), context())
    found = line(database)
    assert (told["request_id"], told["timestamp"]) == (found["request_id"], found["timestamp"])
    assert json.loads(found.pop("body")) == SCHEDULED
    assert found == {
        "request_id": "daily-record:2026-11-20T03:00:00Z",
        "timestamp": "2026-11-20T03:00:00.000Z",
        "source": "schedule",
        "method": "SCHEDULED",
        "path": "/scheduled",
        "query": "",
        "headers": {},
        "is_base64": False,
        "is_json": True,
        "expires_at": 1795143600 + 30 * DAYS,
    }
    assert metrics(capsys)["RequestsRecorded"] == [1]


def test_however_often_it_comes_it_is_one_line(intake: Calls, database: Any) -> None:
    assert handler(dict(SCHEDULED), context()) == handler(dict(SCHEDULED), context())
    assert len(lines(database)) == 1


def test_each_day_is_a_line_of_its_own(intake: Calls, database: Any) -> None:
    for day in ("20", "21"):
        time = f"2026-11-{day}T03:00:00Z"
        handler({**SCHEDULED, "id": f"daily-record:{time}", "time": time}, context())
    assert len(lines(database)) == 2


@pytest.mark.parametrize(
    ("time", "timestamp"),
    [("2026-11-20T03:00:00", "2026-11-20T03:00:00.000Z"), ("2026-11-20T03:00:00.5+01:00", "2026-11-20T02:00:00.500Z")],
)
def test_times_are_written_in_utc(intake: Calls, database: Any, time: str, timestamp: str) -> None:
    handler({**SCHEDULED, "time": time}, context())
    assert line(database)["timestamp"] == timestamp


def test_where_the_time_was_not_filled_in_it_is_now(
    intake: Calls, database: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.intake.ledger.now_ms", lambda: 1795143600123)
    handler({**SCHEDULED, "time": "<aws.scheduler.scheduled-time>"}, context())
    assert line(database)["timestamp"] == "2026-11-20T03:00:00.123Z"


def test_it_fails_while_the_table_is_away_so_that_it_is_tried_again(intake: Calls) -> None:
    intake.answers["PutItem"] = lambda _: refused("ThrottlingException")
    with pytest.raises(Unavailable):
        handler(dict(SCHEDULED), context())


@pytest.mark.parametrize(
    "event",
    [
        {},
        {**SCHEDULED, "id": ""},
        {**SCHEDULED, "source": "aws.events"},
        {**SCHEDULED, "detail-type": "Quiz Control"},
        {"Records": [{"body": "{}"}]},
    ],
)
def test_an_event_of_another_kind_fails_and_is_set_aside(intake: Calls, event: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        handler(event, context())
    assert not intake.made


def test_a_body_that_looks_like_the_event_is_a_body(intake: Calls, database: Any) -> None:
    """What is scheduled is told by the invocation, never by what somebody sent."""
    handler({**SCHEDULED, "requestContext": {}}, context())
    assert not lines(database)
