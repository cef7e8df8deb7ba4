"""How a post is signed and where it goes."""

import ssl
from datetime import UTC, datetime
from typing import Any

import botocore.auth
import botocore.session
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import NoCredentialsError

from adapters.live import posting
from adapters.live.posting import Answer, Outcome, Posting
from tests.unit.scheduler.endpoint import Endpoint, Post

KEYS = Credentials("key", "secret", "token")


def _post(to: Endpoint, connection_id: str, data: bytes) -> Post:
    sender = Posting(f"{to.url}/_aws/execute-api/api/live", KEYS, "eu-central-1")
    assert sender.post(connection_id, data) == Answer(Outcome.DONE, 200)
    sender.close()
    return to.posts[-1]


@pytest.mark.parametrize("connection_id", ["L0SM9cOFvHcCIhw=", "a/b+c d%="])
def test_a_post_is_what_the_sdk_would_have_sent(
    endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch, connection_id: str
) -> None:
    # GIVEN what the SDK's own client sends
    client: Any = botocore.session.Session().create_client(
        "apigatewaymanagementapi",
        region_name="eu-central-1",
        endpoint_url=f"{endpoint.url}/_aws/execute-api/api/live",
        aws_access_key_id="key",
        aws_secret_access_key="secret",
        aws_session_token="token",
    )
    client.post_to_connection(ConnectionId=connection_id, Data=b"hello")
    client.close()
    [theirs] = endpoint.posts
    # THEN ours goes to the same place with the same body
    ours = _post(endpoint, connection_id, b"hello")
    assert (ours.method, ours.path, ours.body) == (theirs.method, theirs.path, theirs.body)
    # AND its signature is the one that follows from what arrived
    assert ours.headers["Authorization"] == _signature(ours, endpoint.url, monkeypatch)
    assert "SignedHeaders=host;x-amz-date;x-amz-security-token" in ours.headers["Authorization"]
    assert ours.headers["Authorization"].startswith("AWS4-HMAC-SHA256 Credential=key/")
    assert "/eu-central-1/execute-api/aws4_request" in ours.headers["Authorization"]


def _signature(post: Post, url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    sent_at = datetime.strptime(post.headers["X-Amz-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda: sent_at)
    request = AWSRequest(post.method, url + post.path, {}, post.body)
    SigV4Auth(KEYS.get_frozen_credentials(), "execute-api", "eu-central-1").add_auth(request)
    return str(request.headers["Authorization"])


def test_credentials_are_asked_for_each_time(endpoint: Endpoint) -> None:
    keys = Credentials("first", "secret", "token")
    sender = Posting(endpoint.url, keys, "eu-central-1")
    sender.post("c", b"x")
    keys.access_key = "second"
    sender.cut("c")
    sender.close()
    assert [post.headers["Authorization"].split("=")[1].split("/")[0] for post in endpoint.posts] == ["first", "second"]
    assert [post.method for post in endpoint.posts] == ["POST", "DELETE"]


def test_on_aws_the_endpoint_has_a_host_of_its_own() -> None:
    assert endpoint_of({"AWS_REGION": "eu-central-1"}) == "https://api.execute-api.eu-central-1.amazonaws.com/live"


@pytest.mark.parametrize("slash", ["", "/"])
def test_an_emulator_has_all_endpoints_under_its_own(slash: str) -> None:
    emulated = {"AWS_REGION": "us-east-1", "AWS_ENDPOINT_URL": f"http://127.0.0.1:4566{slash}"}
    assert endpoint_of(emulated) == "http://127.0.0.1:4566/_aws/execute-api/api/live"


def test_https_is_spoken_with_certificates_that_are_checked() -> None:
    context = posting._trusting()
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert context.cert_store_stats()["x509_ca"] > 50


def test_without_credentials_nothing_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("botocore.session.Session.get_credentials", lambda _: None)
    with pytest.raises(NoCredentialsError):
        posting.credentials()


def endpoint_of(variables: dict[str, str]) -> str:
    return posting.endpoint("api", "live", variables)
