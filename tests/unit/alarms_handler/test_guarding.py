"""What is tried of a function that crashes is taken back, whoever else watches."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from adapters.alerts import releases
from quiz.errors import Unavailable
from tests.unit.alarms_handler.world import World, ago, event
from tests.unit.alerts import support

_HTTP = "quiz-production-http"


class Functions:
    """Lambda's aliases."""

    def __init__(self) -> None:
        self.aliases: dict[str, dict[str, Any]] = {
            _HTTP: {
                "FunctionVersion": "7",
                "RevisionId": "first",
                "RoutingConfig": {"AdditionalVersionWeights": {"8": 0.1}},
            }
        }
        self.refusal = ""

    def get_alias(self, FunctionName: str, Name: str) -> dict[str, Any]:  # noqa: N803
        assert Name == "live"
        if FunctionName not in self.aliases:
            raise self._refused("ResourceNotFoundException", 404)
        return self.aliases[FunctionName]

    def update_alias(self, FunctionName: str, Name: str, RevisionId: str, **values: Any) -> None:  # noqa: N803
        assert (Name, RevisionId) == ("live", self.aliases[FunctionName]["RevisionId"])
        if self.refusal:
            raise self._refused(self.refusal, 400)
        self.aliases[FunctionName] |= {**values, "RevisionId": "next"}

    def weights(self) -> dict[str, float]:
        found: dict[str, float] = self.aliases[_HTTP]["RoutingConfig"]["AdditionalVersionWeights"]
        return found

    def _refused(self, code: str, status: int) -> ClientError:
        return ClientError({"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}, "UpdateAlias")  # type: ignore[typeddict-item]


@pytest.fixture
def functions(monkeypatch: pytest.MonkeyPatch) -> Functions:
    made = Functions()
    monkeypatch.setattr(releases, "client", lambda: made)
    return made


def _alarm(name: str = f"{_HTTP}-errors", **changes: Any) -> dict[str, Any]:
    return event(support.single(AlarmName=name, StateChangeTime=ago(5), **changes))


def test_the_version_that_serves_has_all_calls_again_and_people_hear_of_it(world: World, functions: Functions) -> None:
    world.hear(_alarm())
    assert functions.weights() == {}
    assert functions.aliases[_HTTP]["FunctionVersion"] == "7"
    (subject, text), (ticket, _) = world.mails()
    assert subject.startswith("RELEASE in quiz-production: version 8 of http was taken back")
    assert "version 7 has all calls again" in text
    assert ticket.startswith("TICKET in quiz-production: http-errors")
    assert len(world.hook.texts) == 2


def test_it_is_done_and_told_once(world: World, functions: Functions) -> None:
    heard = _alarm()
    world.hear(heard, heard)
    assert len([subject for subject, _ in world.mails() if subject.startswith("RELEASE")]) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"name": f"{_HTTP}-throttled"},
        {"name": "other-http-errors"},
        {"NewStateValue": "OK", "OldStateValue": "ALARM"},
        {"NewStateValue": "INSUFFICIENT_DATA"},
    ],
)
def test_nothing_else_touches_it(world: World, functions: Functions, changes: dict[str, Any]) -> None:
    world.hear(_alarm(**changes))
    assert functions.weights() == {"8": 0.1}


def test_without_a_release_the_alarm_is_only_told(world: World, functions: Functions) -> None:
    functions.aliases[_HTTP]["RoutingConfig"] = {}
    world.hear(_alarm())
    world.hear(_alarm("quiz-production-gone-errors"))
    assert not [subject for subject, _ in world.mails() if subject.startswith("RELEASE")]
    assert functions.aliases[_HTTP]["RevisionId"] == "first"


@pytest.mark.parametrize(
    "refusal", ["PreconditionFailedException", "TooManyRequestsException", "AccessDeniedException"]
)
def test_what_is_refused_is_tried_again_and_people_hear_of_the_alarm_at_once(
    world: World, functions: Functions, refusal: str
) -> None:
    functions.refusal = refusal
    heard = _alarm()
    with pytest.raises(Unavailable):
        world.hear(heard)
    assert [subject[:6] for subject, _ in world.mails()] == ["TICKET"]
    functions.refusal = ""
    world.hear(heard)
    assert functions.weights() == {}
    assert [subject[:7] for subject, _ in world.mails()] == ["RELEASE"]
