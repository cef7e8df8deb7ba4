"""A student takes a quiz: generated from the bank, scored on the server, once."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.stack.support import Stack, eventually, new_id
from tools.api_client import ApiClient


def _generated(api: ApiClient, **wanted: Any) -> dict[str, Any]:
    reply = api.call("POST", "/quiz/generate", {"quiz_type": "geography", "count": 5, **wanted})
    assert reply.status == 200, reply.body
    body: dict[str, Any] = reply.body
    return body


def test_a_new_student_signs_up_takes_a_quiz_and_reads_the_result(stack: Stack) -> None:
    # GIVEN a student who has just registered
    api, name = stack.api(), f"{new_id('student')}@example.com"
    api.sign_up(name, "A-good-passw0rd")
    api.sign_in(name, "A-good-passw0rd")
    # WHEN the student takes a quiz
    quiz = _generated(api)
    assert len(quiz["questions"]) == 5
    submitted = api.call("POST", "/quiz/submit", {"quiz_id": quiz["quiz_id"], "answers": [None] * 5})
    # THEN the result can be read, and says what would have been right
    assert submitted.status == 200, submitted.body
    assert submitted.body["score"] == 0
    assert all(result["correct_answer"] is not None for result in submitted.body["results"])
    results = api.call("GET", f"/quiz/{quiz['quiz_id']}/results")
    assert results.status == 200
    assert results.body["results"] == submitted.body["results"]


def test_the_same_answers_again_get_the_same_response_and_others_a_conflict(stack: Stack) -> None:
    api = stack.api("student")
    quiz = _generated(api)
    body = {"quiz_id": quiz["quiz_id"], "answers": {quiz["questions"][0]["question_id"]: "a"}}
    first = api.call("POST", "/quiz/submit", body)
    assert api.call("POST", "/quiz/submit", body).body == first.body
    other = api.call("POST", "/quiz/submit", {**body, "answers": {}})
    assert other.status == 409
    assert other.body["error"] == "conflicting_submission"


def test_of_two_submissions_at_once_one_wins_and_both_see_one_result(stack: Stack) -> None:
    api = stack.api("student")
    quiz = _generated(api)
    bodies = [{"quiz_id": quiz["quiz_id"], "answers": [answer] * 5} for answer in ("a", "b", "a", "b")]
    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda body: api.call("POST", "/quiz/submit", body), bodies))
    stored = api.call("GET", f"/quiz/{quiz['quiz_id']}/results").body
    accepted = [reply.body for reply in replies if reply.status == 200]
    assert {reply.status for reply in replies} == {200, 409}
    assert all(reply["results"] == stored["results"] for reply in accepted)


def test_a_quiz_belongs_to_its_student(stack: Stack) -> None:
    quiz = _generated(stack.api("student"))
    name = f"{new_id('other')}@example.com"
    other = stack.api()
    other.sign_up(name, "A-good-passw0rd")
    other.sign_in(name, "A-good-passw0rd")
    assert other.call("GET", f"/quiz/{quiz['quiz_id']}/results").status == 404
    assert other.call("POST", "/quiz/submit", {"quiz_id": quiz["quiz_id"], "answers": []}).status == 404


def test_no_question_shows_its_key(stack: Stack) -> None:
    for question in _generated(stack.api("student"), count=20)["questions"]:
        assert not {"key", "explanation", "feedback", "correct"} & question.keys()


def test_a_category_that_is_not_there_names_those_that_are(stack: Stack) -> None:
    reply = stack.api("student").call("POST", "/quiz/generate", {"quiz_type": "astrology"})
    assert reply.status == 404
    assert "geography" in reply.body["message"]


def test_a_result_is_exported(stack: Stack) -> None:
    api, s3 = stack.api("student"), stack.client("s3")
    quiz = _generated(api)
    submitted = api.call("POST", "/quiz/submit", {"quiz_id": quiz["quiz_id"], "answers": {}}).body
    bucket, _, key = submitted["s3_location"].removeprefix("s3://").partition("/")
    assert bucket == stack.known["results_bucket"]

    def exported() -> Any:
        try:
            return json.loads(s3.get_object(Bucket=bucket, Key=key)["Body"].read())
        except s3.exceptions.NoSuchKey:
            return None

    assert eventually(exported)["quiz_id"] == quiz["quiz_id"]
