"""Uploads are signed for one type and size; nothing is called for it."""

import json
from base64 import b64decode
from typing import Any, get_args
from urllib.parse import parse_qs, urlsplit

import pytest

from adapters import media as adapter
from adapters.media import MediaStore
from handlers.api import media
from quiz.media import MOST_BYTES, ContentType
from tests.unit.api.authoring import question
from tests.unit.api.driver import call
from tests.unit.builders import Calls

POST = "POST /media"
KEY = f"media/{'0' * 32}.png"


def _policy(form: Any) -> Any:
    return json.loads(b64decode(form["fields"]["policy"]))


@pytest.mark.parametrize("content_type", get_args(ContentType))
def test_the_form_is_signed_for_this_type_and_size_alone(content_type: str, api: Calls) -> None:
    reply = call(POST, {"content_type": content_type, "size": 4711})
    assert reply.status == 201
    conditions = _policy(reply.body)["conditions"]
    assert {"Content-Type": content_type} in conditions
    assert ["content-length-range", 4711, 4711] in conditions
    assert {"bucket": "media-bucket"} in conditions
    assert {"key": reply.body["key"]} in conditions
    assert reply.body["fields"]["Content-Type"] == content_type
    assert reply.body["fields"]["key"] == reply.body["key"]
    assert reply.body["fields"]["x-amz-algorithm"] == "AWS4-HMAC-SHA256"
    assert api.made == []


def test_the_key_fits_into_a_question_and_cannot_be_guessed(api: Calls) -> None:
    keys = {call(POST, {"content_type": "audio/mpeg", "size": 1}).body["key"] for _ in range(3)}
    assert len(keys) == 3
    for number, key in enumerate(keys):
        assert call("POST /questions", question(question_id=f"q{number}", media_key=key)).body["media_key"] == key


@pytest.mark.parametrize("key", ["", "media/x.png", f"{KEY}?x", f"../{KEY}", f"{KEY}\n", KEY.replace("png", "svg")])
def test_a_question_names_no_other_object(key: str, api: Calls) -> None:
    reply = call("POST /questions", question(media_key=key))
    assert (reply.status, reply.error) == (400, "invalid_input")
    assert "$.media_key" in reply.body["message"]


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        ({"content_type": "image/svg+xml", "size": 1}, "$.content_type"),
        ({"content_type": "text/html", "size": 1}, "$.content_type"),
        ({"content_type": "IMAGE/PNG", "size": 1}, "$.content_type"),
        ({"content_type": "image/png", "size": 0}, "$.size"),
        ({"content_type": "image/png", "size": MOST_BYTES + 1}, "$.size"),
        ({"content_type": "image/png", "size": "1"}, "$.size"),
        ({"content_type": "image/png"}, "`size`"),
        ({"content_type": "image/png", "size": 1, "key": "media/mine.png"}, "`key`"),
    ],
)
def test_what_may_not_be_uploaded_gets_no_form(asked: Any, fault: str, api: Calls) -> None:
    reply = call(POST, asked)
    assert (reply.status, reply.error) == (400, "invalid_input")
    assert fault in reply.body["message"]


def test_the_largest_file_may_be_uploaded(api: Calls) -> None:
    assert call(POST, {"content_type": "video/mp4", "size": MOST_BYTES}).status == 201


@pytest.mark.parametrize(
    ("variables", "host", "path"),
    [
        ({}, "media-bucket.s3.eu-central-1.amazonaws.com", "/"),
        ({"AWS_ENDPOINT_URL": "http://127.0.0.1:4566"}, "127.0.0.1:4566", "/media-bucket/"),
        ({"AWS_ENDPOINT_URL_S3": "http://localhost:4566"}, "localhost:4566", "/media-bucket/"),
    ],
)
def test_the_bucket_is_named_where_the_endpoint_expects_it(
    variables: dict[str, str], host: str, path: str, api: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    form = call(POST, {"content_type": "image/png", "size": 1}).body
    assert urlsplit(form["url"]).netloc == host
    assert urlsplit(form["url"]).path.rstrip("/") == path.rstrip("/")
    link = urlsplit(media.bootstrap().read_url(KEY))
    assert (link.netloc, link.path) == (host, path + KEY)


def test_a_link_to_read_works_for_a_quarter_of_an_hour(api: Calls) -> None:
    store = MediaStore(adapter.client, "media-bucket")
    signed = parse_qs(urlsplit(store.read_url(KEY)).query)
    assert signed["X-Amz-Expires"] == ["900"]
    assert signed["X-Amz-Algorithm"] == ["AWS4-HMAC-SHA256"]
    assert api.made == []


def test_no_s3_client_is_made_before_something_is_signed(api: Calls) -> None:
    call("GET /quizzes")
    media.bootstrap()
    assert api.services == ["dynamodb"]
