"""Values that the scheduler module must refuse, or must just still accept."""

from typing import Any

from tests.terraform.cases import Case

_GRANT = {"actions": ["sqs:SendMessage"], "resources": ["arn:aws:sqs:eu-central-1:123456789012:queue"]}
_POST = {
    "actions": ["execute-api:ManageConnections"],
    "resources": ["arn:aws:execute-api:eu-central-1:123456789012:api/live/POST/@connections/*"],
}

_QUEUE = {"url": "https://example.com/queue", "arn": _GRANT["resources"][0]}
_HEALTH = {
    "environment": {},
    "grants": {},
    "alerts": {"arn": "arn:aws:sns:eu-central-1:123456789012:alerts", "grant": _GRANT},
    "queues": {"submissions": _QUEUE},
    "dead_letters": {},
}

# What every caller has to say.
REQUIRED: dict[str, dict[str, Any]] = {
    "scheduler": {
        "account_id": "123456789012",
        "broadcast": {"environment": {}, "grants": {}},
        "clock": {"environment": {}, "grants": {}},
        "event_bus": {"name": "quiz-test", "grant": _GRANT},
        "health": _HEALTH,
        "name_prefix": "quiz-test",
        "package": "build/lambda/scheduler.zip",
        "reconcile": {"environment": {}, "grants": {}},
        "websocket": {"api_id": "api", "stage": "live", "grant": _POST},
    },
}


def _broadcast(workers: int) -> dict[str, Any]:
    return {"broadcast": {"environment": {}, "grants": {}, "max_concurrency": workers}}


def _schedule(name: str = "monday", **changes: Any) -> dict[str, Any]:
    return {"schedules": {name: {"quiz_id": "warm-up", "cron": "0 9 ? * MON *"} | changes}}


def _health(**changes: Any) -> dict[str, Any]:
    return {"health": _HEALTH | changes}


def _healthy(**thresholds: float | None) -> dict[str, Any]:
    return _health(thresholds=thresholds)


def _reconcile(hours: float | None) -> dict[str, Any]:
    return {"reconcile": {"environment": {}, "grants": {}, "hours": hours}}


_PREFIX = "name_prefix must have 3 to 32 lower-case letters, digits and hyphens, a letter first and no hyphen last."
_WORKERS = "broadcast.max_concurrency must be between 2 and 1000."
_NAME = "schedules must be named by 1 to 64 letters, digits, dots, hyphens and underscores."
_QUIZ = "schedules must name a quiz by its id: 1 to 128 characters without blanks."
_CRON = 'schedules must have a cron of six fields, as in "0 9 ? * MON-FRI *".'
_ZONE = "schedules must have a time zone by its name, as in Europe/Berlin."
_LOBBY = "schedules must have whole lobby_seconds between 0 and 900, or none for what the quiz itself says."
_CANARY = (
    "health.thresholds.canary_seconds must be between 5 and 30: "
    "a cold start takes some, and the check ends within a minute."
)
_HOURS = "reconcile.hours must be a whole number between 1 and 24."
_IN_FLIGHT = "health.thresholds.in_flight_percent must be at least 1 and below 100, where SQS stops delivering."
_LOOKED_AT = (
    "health.queues and health.dead_letters must be named by lower-case letters, digits and underscores, a letter first."
)
_SUBMISSIONS = "health.queues must hold the queue of submissions: the canary goes through it."
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
    Case("scheduler", _health(queues={}), _SUBMISSIONS),
    Case("scheduler", _health(queues={"submissions": _QUEUE, "in-take": _QUEUE}), _LOOKED_AT),
    Case("scheduler", _health(dead_letters={"Stream": _QUEUE}), _LOOKED_AT),
    Case(
        "scheduler",
        _healthy(waiting=0),
        "health.thresholds.waiting must be at least 1: a message that has just come waits, too.",
    ),
    Case(
        "scheduler",
        _healthy(oldest_seconds=899),
        "health.thresholds.oldest_seconds must be at least 900: timers of live quizzes are sent so long ahead.",
    ),
    Case("scheduler", _healthy(in_flight_percent=0.9), _IN_FLIGHT),
    Case("scheduler", _healthy(in_flight_percent=100), _IN_FLIGHT),
    Case("scheduler", _healthy(dead_letters=-1), "health.thresholds.dead_letters must be at least 0."),
    Case(
        "scheduler",
        _healthy(table_milliseconds=49),
        "health.thresholds.table_milliseconds must be at least 50; a healthy table takes up to that now and then.",
    ),
    Case(
        "scheduler",
        _healthy(cache_milliseconds=9),
        "health.thresholds.cache_milliseconds must be at least 10; a healthy cache takes up to that now and then.",
    ),
    Case("scheduler", _healthy(canary_seconds=4), _CANARY),
    Case("scheduler", _healthy(canary_seconds=31), _CANARY),
    Case("scheduler", _reconcile(0), _HOURS),
    Case("scheduler", _reconcile(25), _HOURS),
    Case("scheduler", _reconcile(1.5), _HOURS),
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
    Case("scheduler", _healthy(waiting=1, oldest_seconds=900, in_flight_percent=99, dead_letters=0)),
    Case("scheduler", _healthy(table_milliseconds=50, cache_milliseconds=10, canary_seconds=5)),
    Case("scheduler", _healthy(canary_seconds=30, waiting=None)),
    Case("scheduler", _health(dead_letters={"stream_2": _QUEUE})),
    Case("scheduler", _reconcile(24)),
    Case("scheduler", _reconcile(None)),
    Case("scheduler", {"schedules": {}, "winners": 100}),
    Case("scheduler", {"winners": 1}),
]
