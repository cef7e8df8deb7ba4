"""What an LMS posts, and what the tables tell of it, is in no log line: neither answers nor keys."""

import json
from typing import Any

import pytest

from adapters.items import to_item
from handlers.queue import submissions
from handlers.tables import stream
from quiz.keys import ShortText, TextAnswer
from tests.unit.builders import Calls, body, context, definition, fill_bank, question, sqs_record, watch_clients
from tests.unit.canaries import ANSWER, FAULTS, KEY, TOKEN, found_in, let_fail
from tests.unit.log_support import lines
from tests.unit.test_stream_handler import RESULT

_ARN = "arn:aws:dynamodb:eu-central-1:123456789012:table/{}/stream/2026-03-04T05:06:07.000"


@pytest.mark.parametrize("trusted", ["true", "false"])
@pytest.mark.parametrize("fault", FAULTS)
def test_no_submission_is_logged(
    capsys: pytest.CaptureFixture[str],
    fault: str,
    trusted: str,
    queue_function: Calls,
    tables: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TRUST_INLINE_KEYS", trusted)
    fill_bank(tables, definition(question(ShortText((TextAnswer(KEY, feedback=KEY),)))))
    messages = [
        body(answers={"q1": ANSWER}, correct_answers={"q1": KEY}),
        # Again with others, so that it contradicts what is stored.
        body(answers={"q1": f"{ANSWER}-2"}, correct_answers={"q1": KEY}),
        body(answers={"q1": ANSWER}, correct_answers={"q1": {KEY: [KEY]}}),
        body(answers=ANSWER),
        body(submitted_at=ANSWER),
        body(quiz_id="nowhere", answers={"q1": ANSWER}),
        body(answers={"q1": ANSWER})[:-1],
        f'{{"answers": {ANSWER}, "token": "{TOKEN}"}}',
        json.dumps([ANSWER]),
    ]
    lines(capsys)
    for step in ("none", fault):
        let_fail(queue_function, step)
        records = [sqs_record(message, f"m{i}", group=f"g{i}") for i, message in enumerate(messages)]
        submissions.handler({"Records": records}, context())
    assert found_in(capsys, least=10) == []


@pytest.fixture
def stream_function(calls: Calls, monkeypatch: pytest.MonkeyPatch) -> Calls:
    names = ("ANALYTICS", "ANNOUNCEMENTS", "PROGRESS", "RESULTS", "SUBMISSIONS")
    for name in names:
        monkeypatch.setenv(f"{name}_TABLE", name.lower())
    monkeypatch.setenv("EVENT_BUS_NAME", "bus")
    monkeypatch.setenv("RESULTS_BUCKET", "bucket")
    monkeypatch.setattr("adapters.transactions.time.sleep", lambda seconds: None)
    watch_clients(calls, monkeypatch)
    return calls


def _change(table: str, number: int, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "eventID": f"e{number}",
        "eventName": "INSERT",
        "eventSourceARN": _ARN.format(table),
        "dynamodb": {"SequenceNumber": str(number), "Keys": {"question_id": {"S": "q1"}}, "NewImage": to_item(row)},
    }


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("table", ["submissions", "results", "progress", "unknown"])
def test_no_row_is_logged(capsys: pytest.CaptureFixture[str], table: str, fault: str, stream_function: Calls) -> None:
    let_fail(stream_function, fault)
    answers = {"answers": ANSWER, "questions": KEY, "shares": {ANSWER: KEY}, "fingerprint": ANSWER}
    rows: list[dict[str, Any]] = [
        {**RESULT, **answers},
        {"quiz_id": "quiz", "state": "submitted", "attempts": 1, "last_first": True, **answers},
        {"quiz_id": "quiz", "state": "submitted", "score": ANSWER, "attempts": 1, "last_first": ANSWER, **answers},
        {"quiz_id": "quiz", "state": "submitted", "attempts": ANSWER, **answers},
    ]
    for number, row in enumerate(rows):
        try:
            stream.handler({"Records": [_change(table, number, row)]}, context())
        except Exception as error:  # noqa: BLE001  # Lambda logs what leaves the function
            print(repr(error))  # noqa: T201
    assert found_in(capsys) == []
