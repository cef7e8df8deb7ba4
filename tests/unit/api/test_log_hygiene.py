"""Whatever is sent to the HTTP API and whatever goes wrong then, no log line holds a token, an answer or a key."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from handlers.api import http
from tests.unit.api.authoring import question
from tests.unit.api.driver import event
from tests.unit.builders import Calls, context
from tests.unit.canaries import ANSWER, FAULTS, HEADERS, KEY, TOKEN, found_in, let_fail
from tests.unit.log_support import lines

_CHOICE = {
    "key": {"type": "single_choice", "correct": KEY, "feedback": {KEY: f"{KEY} is right"}},
    "options": [{"id": KEY, "text": KEY}, {"id": "b", "text": "B"}],
    "explanation": KEY,
}
_BODIES: dict[str, list[Any]] = {
    "POST /quiz/submit": [{"quiz_id": "quiz", "answers": {"q1": ANSWER}}, {"quiz_id": "quiz", "answers": ANSWER}],
    "POST /answer": [{"quiz_id": "quiz", "question_id": "q1", "answer": ANSWER}],
    "POST /sessions/{session_id}/answer": [
        {"question_id": "q1", "selected_answers": [ANSWER], "time_spent": 1, "version": 1},
        {"question_id": "q1", "selected_answers": ANSWER, "time_spent": 1, "version": 1},
    ],
    "POST /questions": [question(**_CHOICE), question(key={**_CHOICE["key"], "partial": {KEY: KEY}})],  # type: ignore[dict-item]
    "PUT /questions/{question_id}": [question(**_CHOICE), question(key=KEY)],
}
# Whatever a route takes, this is not it.
_NONSENSE = [
    ANSWER,
    json.dumps({"answers": {"q1": ANSWER}, "token": TOKEN}),
    json.dumps([ANSWER]),
    f'{{"answer": {KEY}',
]


def _requests() -> Iterator[dict[str, Any]]:
    for route in http.ROUTES:
        for body in [None, *_BODIES.get(route.key, []), *_NONSENSE]:
            for query in ({}, {"token": TOKEN}):
                yield event(route.key, body, query=query, headers={**HEADERS, "if-match": TOKEN})
                yield event(route.key, body, query=query, headers={**HEADERS, "if-match": '"1"'})


@pytest.mark.parametrize("fault", FAULTS)
def test_nothing_that_is_sent_is_logged(capsys: pytest.CaptureFixture[str], fault: str, five_questions: Calls) -> None:
    lines(capsys)
    let_fail(five_questions, fault)
    for request in _requests():
        http.handler(request, context())
    assert found_in(capsys, least=100) == []


def test_a_broken_question_of_the_bank_is_told_of_without_its_key(
    capsys: pytest.CaptureFixture[str], five_questions: Calls, bank: Any
) -> None:
    stored = bank.get_item(TableName="questions", Key={"question_id": {"S": "q1"}})["Item"]
    key = {"M": {"type": {"S": "single_choice"}, "correct": {"S": KEY}}}
    bank.put_item(TableName="questions", Item={**stored, "key": key})
    lines(capsys)
    answers = [
        http.handler(event("GET /questions/{question_id}"), context()),
        http.handler(event("GET /questions", query={"limit": 10}), context()),
        http.handler(event("POST /quiz/generate", {"quiz_type": "science", "difficulty": 3, "count": 9}), context()),
    ]
    assert [answer["statusCode"] for answer in answers] == [409, 200, 200]
    assert KEY not in str(answers)
    assert found_in(capsys) == []
