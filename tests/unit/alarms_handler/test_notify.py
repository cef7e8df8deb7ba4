"""From a notification to people: once, again, over, and whatever fails on the way."""

import json
from typing import Any

import pytest

from adapters import clients
from adapters.alerts.memory import Memory
from handlers.alarms import notify
from quiz.alerts import telling
from quiz.errors import Unavailable
from tests.unit.alarms_handler.world import World, ago, event
from tests.unit.alerts import support
from tests.unit.builders import context
from tests.unit.subprocesses import FAKE_AWS, run_python


def _single(seconds_ago: float = 5, **changes: Any) -> dict[str, Any]:
    return support.single(StateChangeTime=ago(seconds_ago), **changes)


def _counted(capsys: pytest.CaptureFixture[str], name: str) -> float:
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return sum(sum(line[name]) for line in lines if name in line)


def test_people_hear_of_an_alarm_by_mail_and_chat(world: World) -> None:
    world.hear(event(_single()))
    [(subject, text)] = world.mails()
    assert subject == "TICKET in quiz-production: broadcast-refused - Messages to players come late."
    assert "Value: 12 > 10 within 5 minutes" in text
    assert "Runbook: https://example.com/runbooks/jobs-late.md" in text
    [chat] = world.hook.texts
    assert chat.startswith("*TICKET in quiz-production: broadcast-refused*\n")
    assert "<https://example.com/board|Dashboard>" in chat


def test_without_a_chat_there_is_still_mail(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WEBHOOK_PARAMETER")
    world.hear(event(_single()))
    assert len(world.mails()) == 1
    assert world.hook.posts == []


def test_the_same_change_is_told_once(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    payload = _single()
    world.hear(event(payload), event(payload))
    assert (len(world.mails()), len(world.hook.posts)) == (1, 1)
    assert _counted(capsys, "AlertsRepeated") == 1


def test_on_over_and_on_again(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    page = support.composite(StateChangeTime=ago(400), TriggeringChildren=..., AlarmRule="")
    over = {**page, "NewStateValue": "OK", "OldStateValue": "ALARM", "StateChangeTime": ago(100)}
    world.hear(event(page), event(over), event({**page, "StateChangeTime": ago(5)}))
    titles = [text.splitlines()[0] for _, text in world.mails()]
    assert titles[0] == "PAGE in quiz-production: live-down"
    assert titles[1].startswith("OVER in quiz-production: live-down, after 5 minutes (")
    assert titles[2].startswith("PAGE again in quiz-production: live-down, the 2nd time in 6 minutes")
    assert _counted(capsys, "AlertsTold") == 3


def test_what_is_older_than_what_is_known_is_dropped(world: World) -> None:
    world.hear(event(_single(5)), event(_single(60)))
    assert len(world.mails()) == 1


def test_what_is_remembered_expires(world: World) -> None:
    world.hear(event(_single()))
    [row] = world.rows().values()
    assert row["alarm"] == {"S": "quiz-production-broadcast-refused"}
    assert row["channels"] == {"SS": ["notices", "webhook"]}
    assert 0 <= int(row["expires_at"]["N"]) - 7 * 86_400 - int(row["told_ms"]["N"]) // 1000 < 60


class TestOtherMessages:
    def test_of_the_health_check(self, world: World) -> None:
        world.hear(event(support.health("canary")), event(support.health("canary")))
        [(subject, _)] = world.mails()
        assert subject == "HEALTH in quiz-production: 1 of 14 checks failed - canary"

    @pytest.mark.parametrize("text", ["{", "[1]", "null", "Hello from SNS!", '{"AlarmName": 7}', "\ud800"])
    def test_of_any_other_form(self, world: World, text: str) -> None:
        world.hear(event(text, subject="TestInvoke"))
        [(subject, _)] = world.mails()
        assert subject.startswith("MESSAGE in quiz-production: TestInvoke - ")
        assert len(world.hook.posts) == 1

    @pytest.mark.parametrize("given", [{}, {"Records": []}, {"Records": ["x", None]}, {"a": {"Sns": 1}}])
    def test_of_no_topic(self, world: World, given: dict[str, Any]) -> None:
        world.hear(given)
        assert all("MESSAGE in quiz-production" in subject for subject, _ in world.mails())
        assert world.hook.posts


class TestWhatFails:
    def test_a_second_try_tells_those_alone_who_have_not_heard(self, world: World) -> None:
        world.hook.answers["/services/T0/B0/very-secret"] = [500, 500, 200]
        given = event(_single())
        with pytest.raises(Unavailable, match="not taken by webhook"):
            world.hear(given)
        world.hear(given)
        assert [subject[:7] for subject, _ in world.mails()] == ["TICKET ", "WEBHOOK"]
        assert len(world.hook.posts) == 3
        world.hear(given)
        assert len(world.hook.posts) == 3

    def test_of_the_trouble_people_hear_once_an_hour(self, world: World, capsys: pytest.CaptureFixture[str]) -> None:
        world.hook.answers["/services/T0/B0/very-secret"] = [500]
        for name in ("a", "b"):
            with pytest.raises(Unavailable):
                world.hear(event(_single(AlarmName=name)))
        subjects = [subject for subject, _ in world.mails()]
        assert [subject.split(" ")[0] for subject in subjects] == ["TICKET", "WEBHOOK", "TICKET"]
        assert subjects[1].startswith(
            "WEBHOOK in quiz-production: the chat takes no alerts (the webhook: HTTP 500) - Seen at"
        )
        assert _counted(capsys, "WebhookFailed") == 2

    def test_a_topic_that_is_away_keeps_nothing_from_the_chat(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("NOTICES_TOPIC_ARN", "arn:aws:sns:eu-central-1:123456789012:gone")
        given = event(_single())
        with pytest.raises(Unavailable, match="not taken by notices"):
            world.hear(given)
        assert len(world.hook.posts) == 1
        monkeypatch.undo()

    def test_a_table_that_is_away_silences_nobody(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ALERTS_TABLE", "gone")
        given = event(_single())
        world.hear(given, given)
        assert (len(world.mails()), len(world.hook.posts)) == (2, 2)

    def test_a_crash_between_telling_and_remembering_tells_twice_rather_than_never(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def crash(*_: Any) -> None:
            raise SystemExit

        given = event(_single())
        with monkeypatch.context() as once:
            once.setattr(Memory, "keep", crash)
            with pytest.raises(SystemExit):
                world.hear(given)
        world.hear(given)
        assert len(world.mails()) == 2

    def test_what_cannot_be_put_into_words_is_told_as_it_came(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_: Any) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(telling, "message", broken)
        world.hear(event(_single(), subject="ALARM"))
        [(subject, text)] = world.mails()
        assert subject.startswith("MESSAGE in quiz-production: ALARM")
        assert "quiz-production-broadcast-refused" in text

    def test_one_bad_record_does_not_keep_the_others_back(self, world: World) -> None:
        world.hook.answers["/services/T0/B0/very-secret"] = [400, 200]
        records = [event(_single(AlarmName=name))["Records"][0] for name in ("a", "b")]
        with pytest.raises(Unavailable):
            world.hear({"Records": records})
        assert len(world.hook.posts) == 2

    def test_a_missing_setting_is_named(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("ALERTS_TABLE")
        with pytest.raises(ValueError, match="alerts_table"):
            notify.handler(event(_single()), context())


def test_clients_are_made_when_they_are_needed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are what a cold start takes its time for."""
    monkeypatch.delenv("WEBHOOK_PARAMETER")
    made: list[str] = []
    make = clients.make

    def listen(service: str, *options: Any) -> Any:
        made.append(service)
        return make(service, *options)

    monkeypatch.setattr(clients, "make", listen)
    world.hear(event(support.composite(NewStateValue="OK", OldStateValue="ALARM")))
    assert sorted(made) == ["dynamodb", "sns"]


def test_nothing_heavy_is_imported() -> None:
    code = """
        import sys
        import handlers.alarms.notify
        print(sorted({"boto3", "redis", "aws_xray_sdk"} & set(sys.modules)))
    """
    assert run_python(code, FAKE_AWS) == ["[]"]
