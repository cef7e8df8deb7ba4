"""What the logs hold after everything was used: how one request went on everywhere, and nothing that is secret."""

import asyncio
import json
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NamedTuple

import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import InvalidStatus

from tests.stack.live import run
from tests.stack.support import Stack, eventually, new_id, submission
from tools.live.connection import opened

_TOKEN = re.compile(r"eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+")
# What every line of ours carries. Metrics are lines too.
_IDS = {"request_id", "correlation_id", "function_version", "service"}


class Used(NamedTuple):
    """What was done, under which ids, and with which secrets."""

    began_ms: int
    ids: dict[str, str]
    secrets: list[str]


@pytest.fixture(scope="module")
def used(stack: Stack) -> Iterator[Used]:
    """Everything that a secret passes through was used, over HTTP, WebSocket and the queue, well and badly."""
    began_ms = int(time.time() * 1000)
    key, answer, password = new_id("key"), new_id("answer"), f"{new_id('Pass')}-W0rd"
    ids = {name: new_id(name) for name in ("lms", "quiz", "live")}
    name = f"{new_id('logs')}@example.com"
    stack.api().sign_up(name, password)
    student, teacher = stack.api().sign_in(name, password), stack.api("instructor")
    asked = _author(teacher, key)
    _take_a_quiz(student, asked, answer, ids["quiz"])
    _practise(student, asked, answer)
    _post(stack, asked, answer, ids["lms"])
    run(_play(stack, teacher, student, asked, answer, ids["live"]))
    _misuse(stack, student, answer)
    tokens = [part for api in (student, teacher) for part in str(api.token).split(".")]
    yield Used(began_ms, ids, [key, answer, password, *tokens, *_passwords(stack)])
    for path in (f"/quizzes/{asked}", f"/questions/{asked}"):
        assert teacher.call("DELETE", path, headers={"If-Match": '"1"'}).status == 204


def _author(teacher: Any, key: str) -> str:
    """A question whose key is a secret, and a quiz of it; one name for both and for the category."""
    name = new_id("logs")
    question = {
        "question_id": name,
        "text": "Say it.",
        "category": name,
        "difficulty": 2,
        "key": {"type": "short_text", "accepted": [{"text": key, "feedback": key}]},
        "explanation": key,
    }
    live = {"pacing": "manual", "time_limit": 20, "lead_ms": 0, "grace_ms": 0, "reveal_seconds": 1}
    for path, body in (
        ("/questions", question),
        ("/quizzes", {"quiz_id": name, "title": "Logs", "question_ids": [name], "live": live}),
    ):
        reply = teacher.call("POST", path, body)
        assert reply.status == 201, reply.body
    return name


def _take_a_quiz(student: Any, asked: str, answer: str, correlation_id: str) -> None:
    quiz = student.call("POST", "/quiz/generate", {"quiz_type": asked, "difficulty": 2, "count": 1})
    assert quiz.status == 200, quiz.body
    body = {"quiz_id": quiz.body["quiz_id"], "answers": [answer]}
    reply = student.call("POST", "/quiz/submit", body, headers={"X-Correlation-Id": correlation_id})
    assert (reply.status, reply.headers["x-correlation-id"]) == (200, correlation_id)
    assert student.call("POST", "/quiz/submit", {**body, "answers": [f"another {answer}"]}).status == 409


def _practise(student: Any, asked: str, answer: str) -> None:
    session = student.call("POST", "/sessions", {"quiz_id": asked})
    assert session.status == 201, session.body
    path = f"/sessions/{session.body['session_id']}"
    shown = student.call("GET", f"{path}/question").body
    body = {"question_id": asked, "selected_answers": [answer], "time_spent": 1, "version": shown["version"]}
    assert student.call("POST", f"{path}/answer", body).status == 200
    assert student.call("POST", f"{path}/answer", {**body, "time_spent": 9, "selected_answers": ["x"]}).status == 409


def _post(stack: Stack, asked: str, answer: str, correlation_id: str) -> None:
    """Once well, once with other answers, and once as something that is no submission."""
    student = new_id("student")
    good = submission(student, quiz_id=asked, answers={asked: answer})
    bodies = [good, {**good, "answers": {asked: f"another {answer}"}}, {**good, "answers": answer}]
    for number, body in enumerate(bodies):
        stack.sqs.send_message(
            QueueUrl=stack.known["submissions_queue_url"],
            MessageBody=json.dumps(body),
            MessageGroupId=student,
            MessageDeduplicationId=new_id("message"),
            MessageAttributes={
                "correlation_id": {"DataType": "String", "StringValue": f"{correlation_id}.{number}"},
            },
        )
    for _ in bodies[1:]:
        assert stack.take_dead_letter(student)["correlation_id"].startswith(correlation_id)
    stack.drained()


async def _play(stack: Stack, teacher: Any, student: Any, asked: str, answer: str, correlation_id: str) -> None:
    """A game of one question, by a player with two tabs that bring their token in the two ways there are."""

    def wish(action: str) -> Any:
        reply = teacher.call("POST", f"/live/{asked}", {"action": action}, {"X-Correlation-Id": correlation_id})
        assert reply.status == 202, reply.body
        return reply.body

    url, token = stack.known["websocket_url"], student.token
    game = await asyncio.to_thread(wish, "open")
    with suppress(InvalidStatus):
        async with opened(url, f"{token}x", 30, by_header=False):
            raise AssertionError("a forged token was let in")
    async with opened(url, token, 30, by_header=True) as first, opened(url, token, 30, by_header=False) as second:
        for socket in (first, second):
            await _say(socket, action="join_quiz", quiz_id=game["game_id"], user_info={"name": "Ann"})
        await asyncio.to_thread(wish, "start")
        await _heard(first, "new_question")
        for given in (answer, f"another {answer}"):
            await _say(first, action="answer", quiz_id=game["game_id"], question_id=asked, answer=given)
        await _say(second, action="answer", answer=answer)
        await asyncio.to_thread(wish, "end")
        await _heard(second, "quiz_ended")


async def _say(socket: ClientConnection, **message: Any) -> None:
    await socket.send(json.dumps({**message, "request_id": "logs"}))
    while json.loads(await socket.recv()).get("request_id") != "logs":
        pass


async def _heard(socket: ClientConnection, kind: str) -> None:
    while json.loads(await socket.recv())["type"] != kind:
        pass


def _misuse(stack: Stack, student: Any, answer: str) -> None:
    """Requests that are refused, with secrets where none belong."""
    token = student.token
    for query in (f"token={token}", f"password={answer}", f"access_token={token}"):
        assert student.call("GET", f"/quiz/nowhere/results?{query}").status >= 400
    for body in (answer.encode(), {"quiz_id": "x", "answers": answer, "token": token}):
        assert student.call("POST", "/quiz/submit", body).status >= 400
    forged = {"Authorization": f"Bearer x{token}"}
    assert stack.api().call("POST", "/quiz/submit", {"answers": [answer]}, forged).status == 401


def _passwords(stack: Stack) -> list[str]:
    return sorted({user["password"] for user in stack.known["users"].values()} | {"A-good-passw0rd", "A-live-passw0rd"})


def _lines(stack: Stack, since_ms: int = 0) -> Iterator[tuple[str, str]]:
    """Every line of every log, with the name of its group."""
    logs = stack.client("logs")
    for page in logs.get_paginator("describe_log_groups").paginate():
        for group in page["logGroups"]:
            name = group["logGroupName"]
            for events in logs.get_paginator("filter_log_events").paginate(logGroupName=name, startTime=since_ms):
                yield from ((name, event["message"]) for event in events["events"])


def _ours(stack: Stack, since_ms: int) -> list[dict[str, Any]]:
    """The lines that our code has written, each with the function that did."""
    return [
        {"function": group.rpartition("/")[2], **json.loads(line)}
        for group, text in _lines(stack, since_ms)
        for line in text.splitlines()
        if line.startswith("{") and ('"level":' in line or '"_aws":' in line)
    ]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("quiz", {"http": "answered", "stream": "a result was exported"}),
        ("lms", {"submissions": "submission scored", "stream": "a score was announced"}),
        (
            "live",
            {
                "http": "a wish was handed to the clock",
                "clock": "a game moved on",
                "broadcast": "a message was posted",
            },
        ),
    ],
)
def test_one_request_can_be_followed(stack: Stack, used: Used, name: str, path: dict[str, str]) -> None:
    wanted = {(stack.known["functions"][function], message) for function, message in path.items()}

    def said() -> set[tuple[str, str]]:
        lines = [line for line in _ours(stack, used.began_ms) if str(line["correlation_id"]).startswith(used.ids[name])]
        return {(line["function"], line.get("message", "")) for line in lines}

    eventually(said, lambda found: wanted <= found)


def test_every_line_says_what_it_belongs_to(stack: Stack, used: Used) -> None:
    lines = _ours(stack, used.began_ms)
    assert len({line["function"] for line in lines}) >= 6
    assert not [line for line in lines if not line.keys() >= _IDS]


def test_no_log_holds_a_token_a_password_an_answer_or_a_key(stack: Stack, used: Used) -> None:
    stack.drained()
    found = [
        (group, line[:500])
        for group, line in _lines(stack)
        if _TOKEN.search(line) or any(secret in line for secret in used.secrets)
    ]
    assert not found
