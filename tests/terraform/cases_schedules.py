"""Values that the schedules module must refuse, or must just still accept."""

from typing import Any

from tests.terraform.cases import Case

_ALIAS = "arn:aws:lambda:eu-central-1:123456789012:function:any:live"
_CALL = {"description": "Does something.", "target": "Any", "expression": "rate(1 hour)"}

# What every caller has to say.
REQUIRED: dict[str, dict[str, Any]] = {
    "schedules": {
        "account_id": "123456789012",
        "calls": {"hourly": _CALL},
        "failures": {"arn": "arn:aws:sqs:eu-central-1:123456789012:queue"},
        "group": "any",
        "name_prefix": "quiz-test",
        "retry": {"seconds": 3600, "attempts": 10},
        "targets": {"Any": _ALIAS},
    },
}

_PREFIX = "name_prefix must have 3 to 32 lower-case letters, digits and hyphens, a letter first and no hyphen last."
_GROUP = "group must have 1 to 16 lower-case letters and digits, a letter first."
_TARGETS = "targets must be named by letters and digits, a capital first: the names of permissions begin with them."
_RETRY = "retry must be between 60 and 86400 seconds and between 0 and 185 attempts."
_CALLS = "calls must name their target by a key of targets."

REFUSED = [
    Case("schedules", {"account_id": "1234"}, "account_id must have 12 digits."),
    Case("schedules", {"name_prefix": "Quiz"}, _PREFIX),
    Case("schedules", {"group": "my-group"}, _GROUP),
    Case("schedules", {"targets": {"Any": _ALIAS, "other": _ALIAS}}, _TARGETS),
    Case("schedules", {"retry": {"seconds": 59, "attempts": 1}}, _RETRY),
    Case("schedules", {"retry": {"seconds": 60, "attempts": 186}}, _RETRY),
    Case("schedules", {"calls": {"hourly": {**_CALL, "target": "Other"}}}, _CALLS),
]

ACCEPTED = [
    Case("schedules", {"calls": {}, "retry": {"seconds": 60, "attempts": 0}}),
    Case("schedules", {"retry": {"seconds": 86400, "attempts": 185}}),
]
