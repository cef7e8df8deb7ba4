"""Values that the scheduler module must refuse, or must just still accept."""

from typing import Any

from tests.terraform.cases import Case

_GRANT = {"actions": ["sqs:SendMessage"], "resources": ["arn:aws:sqs:eu-central-1:123456789012:queue"]}
_POST = {
    "actions": ["execute-api:ManageConnections"],
    "resources": ["arn:aws:execute-api:eu-central-1:123456789012:api/live/POST/@connections/*"],
}

# What every caller has to say.
REQUIRED: dict[str, dict[str, Any]] = {
    "scheduler": {
        "account_id": "123456789012",
        "broadcast": {"environment": {}, "grants": {}},
        "clock": {"environment": {}, "grants": {}},
        "event_bus": {"name": "quiz-test", "grant": _GRANT},
        "name_prefix": "quiz-test",
        "package": "build/lambda/scheduler.zip",
        "websocket": {"api_id": "api", "stage": "live", "grant": _POST},
    },
}


def _broadcast(workers: int) -> dict[str, Any]:
    return {"broadcast": {"environment": {}, "grants": {}, "max_concurrency": workers}}


def _schedule(name: str = "monday", **changes: Any) -> dict[str, Any]:
    return {"schedules": {name: {"quiz_id": "warm-up", "cron": "0 9 ? * MON *"} | changes}}


_PREFIX = "name_prefix must have 3 to 32 lower-case letters, digits and hyphens, a letter first and no hyphen last."
_WORKERS = "broadcast.max_concurrency must be between 2 and 1000."
_NAME = "schedules must be named by 1 to 64 letters, digits, dots, hyphens and underscores."
_QUIZ = "schedules must name a quiz by its id: 1 to 128 characters without blanks."
_CRON = 'schedules must have a cron of six fields, as in "0 9 ? * MON-FRI *".'
_ZONE = "schedules must have a time zone by its name, as in Europe/Berlin."
_LOBBY = "schedules must have whole lobby_seconds between 0 and 900, or none for what the quiz itself says."
_WINNERS = "winners must be a whole number between 1 and 100."

REFUSED = [
    Case("scheduler", {"account_id": "1234"}, "account_id must have 12 digits."),
    Case("scheduler", {"name_prefix": "Quiz"}, _PREFIX),
    Case("scheduler", _broadcast(1), _WORKERS),
    Case("scheduler", _broadcast(1001), _WORKERS),
    Case("scheduler", _schedule(name="monday morning"), _NAME),
    Case("scheduler", _schedule(quiz_id="warm up"), _QUIZ),
    Case("scheduler", _schedule(quiz_id=""), _QUIZ),
    Case("scheduler", _schedule(cron="0 9 ? * MON"), _CRON),
    Case("scheduler", _schedule(cron="cron(0 9 ? * MON *)"), _CRON),
    Case("scheduler", _schedule(cron="rate(1 day)"), _CRON),
    Case("scheduler", _schedule(time_zone="Europe/"), _ZONE),
    Case("scheduler", _schedule(time_zone="+01:00"), _ZONE),
    Case("scheduler", _schedule(lobby_seconds=-1), _LOBBY),
    Case("scheduler", _schedule(lobby_seconds=901), _LOBBY),
    Case("scheduler", _schedule(lobby_seconds=1.5), _LOBBY),
    Case("scheduler", {"winners": 0}, _WINNERS),
    Case("scheduler", {"winners": 101}, _WINNERS),
    Case("scheduler", {"winners": 2.5}, _WINNERS),
]

ACCEPTED = [
    Case("scheduler", _broadcast(2)),
    Case("scheduler", _broadcast(1000)),
    Case("scheduler", _schedule(name="x" * 64, lobby_seconds=0)),
    Case("scheduler", _schedule(quiz_id="!quiz/7", cron="0/5 8-18 ? JAN,FEB 2#1 2027", lobby_seconds=900)),
    Case("scheduler", _schedule(time_zone="America/Argentina/Buenos_Aires", lobby_seconds=None, enabled=False)),
    Case("scheduler", {"schedules": {}, "winners": 100}),
    Case("scheduler", {"winners": 1}),
]
