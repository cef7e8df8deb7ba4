"""Whatever a student answers and whatever goes wrong then, no log line holds it, or the key."""

from typing import TYPE_CHECKING

import pytest

from handlers.api import http
from quiz.keys import SingleChoice
from quiz.questions import Option
from tests.unit.api.driver import event
from tests.unit.builders import Calls, context
from tests.unit.canaries import ANSWER, FAULTS, HEADERS, KEY, found_in, let_fail
from tests.unit.log_support import lines
from tests.unit.practice_api.support import Practice, choice, store

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@pytest.mark.parametrize("fault", FAULTS)
def test_no_answer_is_logged(
    capsys: pytest.CaptureFixture[str], fault: str, api: Calls, database: "DynamoDBClient"
) -> None:
    options = tuple(Option(id=word, text=word) for word in (KEY, "b"))
    key = SingleChoice(correct=KEY, feedback={KEY: KEY})
    store(database, [choice(f"q{i}", key=key, options=options, explanation=KEY) for i in range(3)])
    practice = Practice()
    bodies = [practice.body(selected) for selected in (ANSWER, [ANSWER, KEY], KEY)]
    lines(capsys)
    for step in ("none", fault):
        let_fail(api, step)
        for body in [*bodies, {**bodies[0], "version": 1}, {**bodies[0], "question_id": "q9"}]:
            request = event(
                "POST /sessions/{session_id}/answer", body, path={"session_id": practice.session_id}, headers=HEADERS
            )
            request["requestContext"]["authorizer"]["jwt"]["claims"]["sub"] = practice.user
            http.handler(request, context())
    assert found_in(capsys, least=5) == []
