"""A request has an id that its client may choose, on its answer and on every line of the log."""

import pytest

from tests.unit.api.authoring import question, quiz
from tests.unit.api.driver import REQUEST_ID, call
from tests.unit.builders import Calls, refused
from tests.unit.log_support import ids, lines, metrics_of, said

HEADER = "x-correlation-id"


def test_the_clients_own_id_comes_back_and_is_on_every_line(capsys: pytest.CaptureFixture[str], api: Calls) -> None:
    reply = call("POST /questions", question(question_id="q9"), headers={HEADER: "import-7.1"})
    assert (reply.headers["X-Correlation-Id"], reply.headers["X-Request-Id"]) == ("import-7.1", REQUEST_ID)
    written = lines(capsys)
    assert ids(written) == {"import-7.1"}
    assert ids(written, "http_request_id") == {REQUEST_ID}
    assert ids(written, "request_id") == {"request-1"}
    assert ids(written, "function_version") == {"7"}
    line = said(written, "answered")
    assert (line["route"], line["status"]) == ("POST /questions", 201)


@pytest.mark.parametrize("given", ["", "with space", "x" * 65, 'quote"', "new\nline"])
def test_an_id_that_is_none_is_replaced(capsys: pytest.CaptureFixture[str], given: str, api: Calls) -> None:
    reply = call("GET /questions/{question_id}", headers={HEADER: given})
    assert reply.headers["X-Correlation-Id"] == REQUEST_ID
    assert ids(lines(capsys)) == {REQUEST_ID}


def test_without_one_it_is_that_of_api_gateway() -> None:
    reply = call("GET /health")
    assert reply.headers["X-Correlation-Id"] == reply.headers["X-Request-Id"] == REQUEST_ID


def test_reading_that_goes_well_leaves_no_line(capsys: pytest.CaptureFixture[str], five_questions: Calls) -> None:
    lines(capsys)
    assert call("GET /questions/{question_id}").status == 200
    assert lines(capsys) == []


def test_what_is_refused_leaves_a_line_without_what_was_sent(capsys: pytest.CaptureFixture[str], api: Calls) -> None:
    call("POST /questions", question(text=7, question_id="SECRET"))
    call("GET /quizzes", groups="[students]")
    first, second = lines(capsys)
    assert (first["route"], first["status"], second["status"]) == ("POST /questions", 400, 403)
    assert "SECRET" not in str(first)


def test_a_line_names_what_the_request_is_about(capsys: pytest.CaptureFixture[str], five_questions: Calls) -> None:
    lines(capsys)
    call("POST /quizzes", quiz("q1", quiz_id="autumn"))
    call("GET /quizzes/{quiz_id}", path={"quiz_id": "nowhere"})
    call("DELETE /sessions/{session_id}", path={"session_id": "s1"})
    about = [{name: line.get(name) for name in ("quiz_id", "session_id")} for line in lines(capsys)]
    assert about[:2] == [{"quiz_id": "autumn", "session_id": None}, {"quiz_id": "nowhere", "session_id": None}]
    assert about[2] == {"quiz_id": None, "session_id": "s1"}


@pytest.mark.parametrize(
    ("route", "metric"),
    [
        ("GET /questions/{question_id}", "QuizzesFailed"),
        ("GET /quizzes/{quiz_id}", "QuizzesFailed"),
        ("GET /quiz/{quiz_id}/results", "QuizzesFailed"),
        ("GET /live/{quiz_id}", "LiveFailed"),
        ("GET /sessions/{session_id}", "PracticeFailed"),
        ("GET /analytics/questions/{question_id}", "PracticeFailed"),
    ],
)
def test_failures_are_counted_by_the_part_of_the_platform(
    capsys: pytest.CaptureFixture[str], route: str, metric: str, api: Calls
) -> None:
    for operation in ("GetItem", "Query", "BatchGetItem"):
        api.answers[operation] = lambda _: refused("ThrottlingException")
    assert call(route).status == 503
    written = lines(capsys)
    assert metrics_of(written)[metric] == [1]
    assert metrics_of(written)["outcome"] == "failed"
    assert {name for name in metrics_of(written) if name.endswith("Failed")} == {metric}
    assert said(written, "the request failed")["level"] == "ERROR"


def test_what_the_client_did_wrong_is_not_counted(capsys: pytest.CaptureFixture[str], api: Calls) -> None:
    call("GET /questions/{question_id}")
    call("POST /questions", "{")
    call("GET /questions", groups=None)
    assert not [name for name in metrics_of(lines(capsys)) if name.endswith("Failed")]
