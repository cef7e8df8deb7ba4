"""Values that the intake module must refuse, or must just still accept."""

from typing import Any

from tests.terraform.cases import Case

_RECORD = {"actions": ["dynamodb:PutItem"], "resources": ["arn:aws:dynamodb:eu-central-1:123456789012:table/requests"]}

# What every caller has to say.
REQUIRED: dict[str, dict[str, Any]] = {
    "intake": {
        "account_id": "123456789012",
        "environment": {"REQUESTS_TABLE": "requests"},
        "grants": {"RequestsRecord": _RECORD},
        "name_prefix": "quiz-test",
        "package": "build/lambda/intake.zip",
    },
}

_PREFIX = "name_prefix must have 3 to 32 lower-case letters, digits and hyphens, a letter first and no hyphen last."
_DAYS = "keep_days must be a whole number between 1 and 3653, which is ten years."
_CRON = 'schedule.cron must have six fields, as in "0 3 * * ? *", and one minute of one hour: it is for once a day.'
_ZONE = "schedule.time_zone must be a time zone by its name, as in Europe/Berlin."

REFUSED = [
    Case("intake", {"account_id": "1234"}, "account_id must have 12 digits."),
    Case("intake", {"name_prefix": "Quiz"}, _PREFIX),
    Case("intake", {"keep_days": 0}, _DAYS),
    Case("intake", {"keep_days": 3654}, _DAYS),
    Case("intake", {"keep_days": 1.5}, _DAYS),
    Case("intake", {"schedule": {"cron": "0 3 * * ?"}}, _CRON),
    Case("intake", {"schedule": {"cron": "cron(0 3 * * ? *)"}}, _CRON),
    Case("intake", {"schedule": {"cron": "0/5 3 * * ? *"}}, _CRON),
    Case("intake", {"schedule": {"cron": "0 * * * ? *"}}, _CRON),
    Case("intake", {"schedule": {"time_zone": "+01:00"}}, _ZONE),
    Case("intake", {"schedule": {"time_zone": "Europe/"}}, _ZONE),
]

ACCEPTED = [
    Case("intake", {"keep_days": 1}),
    Case("intake", {"keep_days": 3653}),
    Case("intake", {"schedule": {"cron": "59 23 ? * MON-FRI 2027", "time_zone": "America/Argentina/Buenos_Aires"}}),
]
