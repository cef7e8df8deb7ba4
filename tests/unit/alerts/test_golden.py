"""Whole texts, as they arrive."""

import json
from datetime import timedelta

import msgspec

from quiz.alerts.changes import Told
from quiz.alerts.composing import Known, window
from quiz.alerts.console import errors_link
from quiz.alerts.logged import LoggedError
from quiz.alerts.rendering import chat, plain, subject
from tests.unit.alerts import support
from tests.unit.alerts.support import CHANGED_AT, CHANNELS, NOW, PLACE, alarm, composed, described

_MS = round(CHANGED_AT.timestamp() * 1000)
_TOLD = Told("", "ALARM", _MS - 720_000, "", CHANNELS, _MS - 720_000, _MS - 720_000, _MS - 720_000, 1)
_DASHBOARD = f"Dashboard: {PLACE.dashboard_url}"


def _errors_of(function: str, minutes_before: int) -> str:
    start, end = CHANGED_AT - timedelta(minutes=minutes_before), CHANGED_AT + timedelta(minutes=10)
    return errors_link("aws", "eu-central-1", [function], start, end)


def test_one_metric() -> None:
    message = composed(json.dumps(support.single()))
    assert subject(message) == "TICKET in quiz-production: broadcast-refused - Messages to players come late."
    assert (
        plain(message)
        == f"""\
TICKET in quiz-production: broadcast-refused

Messages to players come late.

Since: 2026-11-20 03:00:12 UTC (2 minutes ago)
Value: 12 > 10 within 5 minutes (QuizPlatform BroadcastFailed, Sum, 3 of 5 times)
Why: Longer than most questions are open.
Severity: ticket (can wait until morning)
Where: account 123456789012, eu-central-1
Logs of: quiz-production-broadcast

Runbook: https://example.com/runbooks/jobs-late.md
{_DASHBOARD}
Errors in the logs: {_errors_of("quiz-production-broadcast", 10)}"""
    )


def test_older_senders_and_emulators_are_understood_as_well() -> None:
    text = plain(composed(json.dumps(support.single())))
    assert plain(composed(json.dumps(support.of_old_sender()))) == text
    assert plain(composed(json.dumps(support.of_emulator()))) == text


def test_an_expression() -> None:
    message = composed(json.dumps(support.math()))
    assert subject(message) == "TICKET in quiz-production: http-errors - Messages to players come late."
    assert "\nValue: 3.142 > 1 within 15 minutes (http-errors, 2 of 3 times)\n" in plain(message)
    assert "\nLogs of: quiz-production-http\n" in plain(message)
    assert plain(message).endswith(f"\nErrors in the logs: {_errors_of('quiz-production-http', 20)}")


def _page() -> Known:
    errors = (
        LoggedError(
            NOW - timedelta(seconds=30), "quiz-production-clock", "a <!channel> `game` stands still", "KeyError"
        ),
        LoggedError(NOW - timedelta(seconds=50), "quiz-production-clock", "Task timed out"),
    )
    return Known(NOW, (described(),), errors)


def test_a_page_as_mail() -> None:
    message = composed(json.dumps(support.composite()), _page())
    assert subject(message) == "PAGE in quiz-production: live-down - Live quizzes stand still."
    assert (
        plain(message)
        == f"""\
PAGE in quiz-production: live-down

Live quizzes stand still.

Since: 2026-11-20 03:00:12 UTC (2 minutes ago)
Severity: page (act now)
Pillar: live
Where: account 123456789012, eu-central-1
Logs of: quiz-production-clock

Causes:
- clock-failing: 4 > 0 within 5 minutes (AWS/Lambda Errors, Sum, 3 of 5 times). The clock crashes or times out.

Latest errors:
- 03:01:42 quiz-production-clock: a <!channel> `game` stands still (KeyError)
- 03:01:22 quiz-production-clock: Task timed out

Runbook: https://example.com/runbooks/live-down.md
{_DASHBOARD}
Errors in the logs: {_errors_of("quiz-production-clock", 10)}"""
    )


def test_a_page_as_chat() -> None:
    assert (
        chat(composed(json.dumps(support.composite()), _page()))
        == f"""\
*PAGE in quiz-production: live-down*
Live quizzes stand still.
*Since:* 2026-11-20 03:00:12 UTC (2 minutes ago)
*Severity:* page (act now)
*Pillar:* live
*Where:* account 123456789012, eu-central-1
*Logs of:* quiz-production-clock
Causes:
- clock-failing: 4 &gt; 0 within 5 minutes (AWS/Lambda Errors, Sum, 3 of 5 times). The clock crashes or times out.
Latest errors:
`03:01:42 quiz-production-clock: a &lt;!channel&gt; 'game' stands still (KeyError)`
`03:01:22 quiz-production-clock: Task timed out`
<https://example.com/runbooks/live-down.md|Runbook> | <{PLACE.dashboard_url}|Dashboard> \
| <{_errors_of("quiz-production-clock", 10)}|Errors in the logs>"""
    )


def test_a_page_of_which_nothing_more_is_known_names_what_is_behind_it() -> None:
    text = plain(composed(json.dumps(support.composite())))
    assert "\nBehind it: clock-failing\n" in text
    assert "Causes:" not in text
    assert "Errors in the logs" not in text


def test_what_the_health_check_found() -> None:
    message = composed(support.health("queue-depth", "canary"))
    assert subject(message) == "HEALTH in quiz-production: 2 of 14 checks failed - queue-depth, canary"
    assert (
        plain(message)
        == f"""\
HEALTH in quiz-production: 2 of 14 checks failed

queue-depth, canary

Seen at: 2026-11-20T03:00:12.000Z
Where: eu-central-1

Failed:
- queue-depth: 1234 > 1000. queue-depth is too high.
- canary: 1234 > 1000. canary is too high.

Runbook: https://example.com/runbooks/checks-failing.md
{_DASHBOARD}"""
    )


def test_whatever_else_somebody_sends() -> None:
    message = composed("budget\n<exceeded> & more", subject="AWS Budgets: Stop")
    assert subject(message) == "MESSAGE in quiz-production: AWS Budgets: Stop - budget <exceeded> & more"
    assert (
        plain(message) == f"MESSAGE in quiz-production: AWS Budgets: Stop\n\nbudget <exceeded> & more\n\n{_DASHBOARD}"
    )
    assert chat(message).splitlines()[1] == "budget &lt;exceeded&gt; &amp; more"
    assert composed("{}").title == "MESSAGE in quiz-production: of an unknown form"


class TestOneLine:
    def test_when_it_is_over(self) -> None:
        payload = support.composite(NewStateValue="OK", OldStateValue="ALARM")
        line = "OVER in quiz-production: live-down, after 12 minutes (02:48:12 to 03:00:12 UTC)"
        assert plain(composed(json.dumps(payload), told=_TOLD)) == line
        assert chat(composed(json.dumps(payload), told=_TOLD)) == f"*{line}*"

    def test_when_it_is_over_and_nobody_knows_since_when(self) -> None:
        payload = support.composite(NewStateValue="OK", OldStateValue="ALARM")
        assert plain(composed(json.dumps(payload))) == "OVER in quiz-production: live-down, at 03:00:12 UTC"

    def test_when_it_is_on_again(self) -> None:
        known = msgspec.structs.replace(_TOLD, state="OK", times=2)
        assert plain(composed(json.dumps(support.single()), told=known)) == (
            "TICKET again in quiz-production: broadcast-refused, the 3rd time in 14 minutes: "
            "12 > 10 within 5 minutes (QuizPlatform BroadcastFailed, Sum, 3 of 5 times)"
        )

    def test_when_a_page_has_no_data(self) -> None:
        payload = support.composite(NewStateValue="INSUFFICIENT_DATA")
        assert plain(composed(json.dumps(payload))) == (
            "NO DATA in quiz-production: live-down: whether it is well cannot be told since 2026-11-20 03:00:12 UTC"
        )


class TestWhere:
    def test_the_region_is_that_of_the_arn_and_else_our_own(self) -> None:
        elsewhere = support.single(AlarmArn="arn:aws-cn:cloudwatch:cn-north-1:210987654321:alarm:x", AWSAccountId="0")
        text = plain(composed(json.dumps(elsewhere)))
        assert "\nWhere: account 210987654321, cn-north-1\n" in text
        assert "https://cn-north-1.console.amazonaws.cn/cloudwatch/home?region=cn-north-1#logsV2" in text
        assert "Ireland" not in text
        assert "account 123456789012, eu-central-1" in plain(composed(json.dumps(support.of_emulator())))

    def test_errors_are_looked_for_from_before_the_alarm_looked(self) -> None:
        start, end = window(alarm(support.math()), (), NOW)
        assert (start, end) == (CHANGED_AT - timedelta(minutes=20), CHANGED_AT + timedelta(minutes=10))
