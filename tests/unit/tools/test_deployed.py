"""An environment is found by its name, and what stands between it and a person is said in a sentence."""

from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, NoCredentialsError

from tools import deployed, environment
from tools.stack import outputs
from tools.terraform import TerraformFailed


@pytest.fixture
def staging(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """An environment beside the local one, and what Terraform was asked for."""
    asked: list[str] = []
    for name in ("local", "staging"):
        (tmp_path / f"{name}.tfvars").touch()
    monkeypatch.setattr(environment, "_ENVIRONMENTS", tmp_path)
    monkeypatch.setattr(deployed, "init", lambda options, extra: asked.append(f"init {options[-1]} {_place(extra)}"))
    _answer(monkeypatch, asked, {"region": "eu-central-1", "event_bus_name": "quiz-staging"})
    return asked


def _answer(monkeypatch: pytest.MonkeyPatch, asked: list[str], *answers: Any) -> None:
    waiting = list(answers)

    def answer(extra: dict[str, str]) -> Any:
        asked.append(f"output {_place(extra)}")
        given = waiting.pop(0)
        if isinstance(given, Exception):
            raise given
        return given

    monkeypatch.setattr(deployed, "terraform_outputs", answer)


def _place(extra: dict[str, str]) -> str:
    return Path(extra["TF_DATA_DIR"]).name


def test_what_was_initialised_before_is_only_read(staging: list[str]) -> None:
    found = deployed.find("staging")
    assert (found.name, found.prefix) == ("staging", "quiz-staging")
    assert staging == ["output terraform-staging"]


def test_what_was_not_is_initialised_first(staging: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    _answer(monkeypatch, staging, TerraformFailed("Backend initialization required"), {"region": "eu-central-1"})
    assert deployed.find("staging").output("region") == "eu-central-1"
    assert staging == [
        "output terraform-staging",
        "init -backend-config=environments/staging.s3.tfbackend terraform-staging",
        "output terraform-staging",
    ]


@pytest.mark.usefixtures("staging")
def test_an_unknown_one_is_refused_and_the_known_are_named() -> None:
    with pytest.raises(environment.Refused, match=r"there is: local, staging"):
        deployed.find("prodution")


def test_an_empty_one_is_refused(staging: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    _answer(monkeypatch, staging, {})
    with pytest.raises(environment.Refused, match="nothing is deployed in staging"):
        deployed.find("staging")


@pytest.mark.usefixtures("staging")
def test_the_local_one_is_what_make_up_wrote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outputs, "FILE", tmp_path / "outputs.json")
    with pytest.raises(outputs.StackDown, match="make up"):
        deployed.find("local")
    outputs.FILE.write_text(
        '{"region": "us-east-1", "endpoint_url": "http://127.0.0.1:1", "access_key_id": "a", "secret_access_key": "b"}'
    )
    assert deployed.find("local").client("sqs").meta.endpoint_url == "http://127.0.0.1:1"


@pytest.mark.usefixtures("staging")
def test_others_are_entered_in_their_region_with_ones_own_credentials() -> None:
    client = deployed.find("staging").client("sqs")
    assert client.meta.region_name == "eu-central-1"
    assert client.meta.endpoint_url == "https://sqs.eu-central-1.amazonaws.com"


@pytest.mark.usefixtures("staging")
def test_an_older_release_lacks_what_is_asked_for() -> None:
    found = deployed.find("staging")
    assert not found.has("dead_letters")
    with pytest.raises(environment.Refused, match="staging has no output 'dead_letters'"):
        found.output("dead_letters")


def _refused(code: str, message: str = "no") -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": message}}, "ReceiveMessage")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (NoCredentialsError(), "no AWS credentials"),
        (EndpointConnectionError(endpoint_url="http://127.0.0.1:1"), "make up"),
        (_refused("AccessDenied", "User: x is not authorized"), "you may not call ReceiveMessage: User: x is not"),
        (_refused("ExpiredToken"), "sign in again"),
        (_refused("AWS.SimpleQueueService.NonExistentQueue"), "there is no such queue"),
        (_refused("InternalError", "sorry"), "ReceiveMessage: sorry"),
        (environment.Refused("as it is"), "as it is"),
    ],
)
def test_a_failure_says_what_to_do(error: Exception, sentence: str) -> None:
    assert sentence in deployed.told(error)
