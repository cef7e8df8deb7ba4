"""Files go straight to S3, by a form that takes one file of one type and size."""

import urllib.error
import urllib.request
from typing import Any

import pytest

from tests.stack.support import Stack, new_id

_PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(2000)


@pytest.fixture
def form(stack: Stack) -> dict[str, Any]:
    reply = stack.api("instructor").call("POST", "/media", {"content_type": "image/png", "size": len(_PICTURE)})
    assert reply.status == 201, reply.body
    body: dict[str, Any] = reply.body
    return body


def _upload(form: dict[str, Any], content: bytes, **changes: str) -> int:
    boundary = new_id("boundary")
    fields = {**form["fields"], **changes}
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{fields[name]}\r\n' for name in fields
    ]
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="picture"\r\n\r\n'
    body = "".join(parts).encode() + head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
    request = urllib.request.Request(form["url"], data=body, method="POST")
    request.add_header("Content-Type", f"multipart/form-data; boundary={boundary}")
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            status: int = response.status
            return status
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def test_the_file_that_was_announced_is_taken(stack: Stack, form: dict[str, Any]) -> None:
    assert _upload(form, _PICTURE) in (200, 201, 204)
    stored = stack.client("s3").get_object(Bucket=stack.known["media_bucket"], Key=form["key"])
    assert stored["Body"].read() == _PICTURE
    assert stored["ContentType"] == "image/png"


def test_a_larger_file_is_refused(form: dict[str, Any]) -> None:
    assert _upload(form, _PICTURE + b"more") in (400, 403)


def test_a_file_of_another_type_is_refused(form: dict[str, Any]) -> None:
    assert _upload(form, _PICTURE, **{"Content-Type": "text/html"}) == 403


def test_a_picture_shows_up_with_its_question_by_an_address_that_can_be_read(
    stack: Stack, form: dict[str, Any]
) -> None:
    assert _upload(form, _PICTURE) in (200, 201, 204)
    category = new_id("pictures")
    question = {"text": "What is this?", "category": category, "key": {"type": "true_false", "correct": True}}
    made = stack.api("instructor").call("POST", "/questions", {**question, "media_key": form["key"]})
    assert made.status == 201, made.body
    quiz = stack.api("student").call("POST", "/quiz/generate", {"quiz_type": category, "count": 1})
    with urllib.request.urlopen(quiz.body["questions"][0]["media_url"], timeout=30) as response:
        assert response.read() == _PICTURE
