"""Values that modules must refuse, or must just still accept."""

from dataclasses import dataclass
from typing import Any

_GRANT = {"actions": ["sqs:SendMessage"], "resources": ["arn:aws:sqs:eu-central-1:123456789012:queue"]}

_HTTP: dict[str, Any] = {"environment": {}, "grants": {}}

# What every caller has to say.
REQUIRED: dict[str, dict[str, Any]] = {
    "api": {
        "account_id": "123456789012",
        "http": _HTTP,
        "name_prefix": "quiz-test",
        "package": "build/lambda/api.zip",
    },
    "bucket": {
        "account_id": "123456789012",
        "name_prefix": "quiz-test",
        "purpose": "media",
        "tiers": {"STANDARD_IA": 30},
    },
    "function": {
        "description": "Does something.",
        "handler": "handlers.queue.submissions.handler",
        "name": "quiz-test-something",
        "package": "build/lambda/queue.zip",
    },
    "queue": {
        "environment": {},
        "grants": {},
        "name_prefix": "quiz-test",
        "package": "build/lambda/queue.zip",
    },
    "root": {
        "account_id": "123456789012",
        "alerts": {"runbook_url": "https://example.com"},
        "environment": "test",
        "region": "eu-central-1",
    },
    "tables": {
        "account_id": "123456789012",
        "event_bus": {"name": "quiz-test", "grant": _GRANT},
        "name_prefix": "quiz-test",
        "package": "build/lambda/tables.zip",
    },
}


@dataclass(frozen=True)
class Case:
    """A module, what is set besides what it requires, and the sentence that refuses it (none if it is accepted)."""

    module: str
    values: dict[str, Any]
    refusal: str = ""

    def __str__(self) -> str:
        return f"{self.module} {self.values}"


def _grants(*actions: str, resource: str = _GRANT["resources"][0]) -> dict[str, Any]:
    return {"grants": {"Any": {"actions": actions or _GRANT["actions"], "resources": [resource]}}}


def _route(key: str) -> dict[str, Any]:
    function = {"name": "any", "alias_arn": "arn:aws:lambda:eu-central-1:123456789012:function:any:live"}
    return {"routes": {key: {"function": function}}}


def _sign_in(**changes: Any) -> dict[str, Any]:
    return {"sign_in": changes}


_ACCOUNT = "account_id must have 12 digits."
_PREFIX = "name_prefix must have 3 to 32 lower-case letters, digits and hyphens, a letter first and no hyphen last."
_TIMEOUT = "timeout must be between 1 and 900 seconds."
_VISIBILITY = "visibility_timeout must be at least 6 x timeout (60 s) and at most 43200."
_PRODUCERS = 'producer_arns must be ARNs of accounts (…:root), roles or users; "*" would let anybody post.'
_ACTIONS = "grants must name each action in full (service:Action); wildcards are refused."
_EVERYWHERE = (
    'grants must name their resources; "*" is only for what AWS offers nothing narrower for: '
    "cloudwatch:DescribeAlarms, cloudwatch:GetMetricData."
)
_ORIGINS = 'allowed_origins must be https://host without a path or "*"; http is for localhost alone.'
_ROUTE = (
    'routes must be keyed by method and path, as in "GET /leaderboard/{quiz_id}"; '
    "OPTIONS is answered without a function, and ANY would take it along."
)
_OWN_ROUTE = "routes must not hold a route of the http function; it would take the place of that one."
_TOKENS = "sign_in.token_minutes must be between 15 and 60: until then a token works, whatever was revoked."
_REFRESH = "sign_in.refresh_token_days must be between 1 and 365."
_FLOWS = "sign_in.extra_auth_flows must be ADMIN_USER_PASSWORD_AUTH, USER_AUTH or USER_PASSWORD_AUTH."
_THROTTLE = "http.throttle.rate and http.throttle.burst must be at least 1; 0 would stop the API."
_PROTECTION = "sign_in.threat_protection must be OFF, AUDIT or ENFORCED."
_RECOMMENDER = "recommender_arn must be the ARN of a recommender or of a campaign."
_FOLDERS = "prefix must be empty or folders of lower-case letters, digits and hyphens, each ending with a slash."
_PURPOSE = "purpose must have 1 to 16 lower-case letters and digits."
_EXPIRY = "expire_days must be at least 1."
_LOGS = "log_sources and access_logs exclude each other: a log of a log would go on for ever."
_LATE_TIERS = "tiers must come before expire_days; what is deleted moves nowhere."
_TIERS = "tiers must be among STANDARD_IA, GLACIER_IR, GLACIER and DEEP_ARCHIVE."
_NO_TIERS = (
    "tiers must name at least one class where nothing expires: what stays for ever must not stay at the highest price."
)
_TIER_DAYS = "tiers must leave objects where they are for at least 30 days; S3 refuses less for STANDARD_IA."

REFUSED = [
    Case("api", {"account_id": "1234"}, _ACCOUNT),
    Case("api", {"allowed_origins": ["*"]}, _ORIGINS),
    Case("api", {"allowed_origins": ["https://*.example.com"]}, _ORIGINS),
    Case("api", {"allowed_origins": ["https://example.com/"]}, _ORIGINS),
    Case("api", {"allowed_origins": ["http://example.com"]}, _ORIGINS),
    Case("api", {"name_prefix": "quiz-"}, _PREFIX),
    Case("api", _route("/leaderboard"), _ROUTE),
    Case("api", _route("ANY /leaderboard"), _ROUTE),
    Case("api", _route("OPTIONS /leaderboard"), _ROUTE),
    Case("api", _route("$default"), _ROUTE),
    Case("api", _route("GET /leaderboard?top=10"), _ROUTE),
    Case("api", _route("POST /quiz/submit"), _OWN_ROUTE),
    Case("api", _sign_in(mfa="SOMETIMES"), "sign_in.mfa must be OFF, OPTIONAL or ON."),
    Case("api", _sign_in(threat_protection="ON"), _PROTECTION),
    Case("api", _sign_in(token_minutes=14), _TOKENS),
    Case("api", _sign_in(token_minutes=61), _TOKENS),
    Case("api", _sign_in(refresh_token_days=0), _REFRESH),
    Case("api", _sign_in(refresh_token_days=366), _REFRESH),
    Case("api", _sign_in(extra_auth_flows=["ALLOW_USER_PASSWORD_AUTH"]), _FLOWS),
    Case("api", {"http": _HTTP | {"throttle": {"rate": 0}}}, _THROTTLE),
    Case("api", {"http": _HTTP | {"throttle": {"burst": 0}}}, _THROTTLE),
    Case("bucket", {"account_id": "1234"}, _ACCOUNT),
    Case("bucket", {"allowed_origins": ["*"]}, _ORIGINS),
    Case("bucket", {"name_prefix": "quiz_test"}, _PREFIX),
    Case("bucket", {"prefix": "quiz-results"}, _FOLDERS),
    Case("bucket", {"prefix": "/"}, _FOLDERS),
    Case("bucket", {"purpose": "quiz-media"}, _PURPOSE),
    Case("bucket", {"expire_days": 0, "tiers": {}}, _EXPIRY),
    Case("bucket", {"expire_days": 30}, _LATE_TIERS),
    Case("bucket", {"access_logs": {"bucket": "logs"}, "log_sources": ["arn:aws:s3:::media"]}, _LOGS),
    Case("bucket", {"tiers": {}}, _NO_TIERS),
    Case("bucket", {"tiers": {"STANDARD": 30}}, _TIERS),
    Case("bucket", {"tiers": {"STANDARD_IA": 29}}, _TIER_DAYS),
    Case(
        "function",
        {"grants": {"Any": {"actions": [], "resources": _GRANT["resources"]}}},
        "Every grant needs at least one action and one resource.",
    ),
    Case("function", _grants("*"), _ACTIONS),
    Case("function", _grants("sqs:*"), _ACTIONS),
    Case("function", _grants("dynamodb:Get*"), _ACTIONS),
    Case("function", _grants(resource="*"), _EVERYWHERE),
    Case("function", _grants("cloudwatch:GetMetricData", "sqs:SendMessage", resource="*"), _EVERYWHERE),
    Case(
        "function",
        {"name": "x" * 65},
        "name must have 1 to 64 lower-case letters, digits and hyphens; shorten name_prefix.",
    ),
    Case(
        "function",
        {"reserved_concurrency": 0},
        "reserved_concurrency must be -1 or at least 1; 0 would stop the function.",
    ),
    Case("function", {"timeout": 901}, _TIMEOUT),
    Case(
        "queue",
        {"dead_letter_retention_days": 4},
        "dead_letter_retention_days must exceed retention_days and be at most 14.",
    ),
    Case("queue", {"max_concurrency": 1}, "max_concurrency must be between 2 and 1000."),
    Case(
        "queue",
        {"max_receives": 4},
        "max_receives must be between 5 and 1000: with fewer, a short throttle sets good submissions aside.",
    ),
    Case("queue", {"name_prefix": "1-quiz"}, _PREFIX),
    Case("queue", {"producer_arns": ["*"]}, _PRODUCERS),
    Case("queue", {"producer_arns": ["arn:aws:iam::*:root"]}, _PRODUCERS),
    Case(
        "queue",
        {"retention_days": 0},
        "retention_days must be between 1 and 13, so that the dead-letter queue can keep longer.",
    ),
    Case("queue", {"timeout": 901, "visibility_timeout": 43200}, _TIMEOUT),
    Case("queue", {"visibility_timeout": 59}, _VISIBILITY),
    Case("queue", {"visibility_timeout": 43201}, _VISIBILITY),
    Case("root", {"account_id": "12345678901x"}, _ACCOUNT),
    Case("root", {"allowed_origins": ["*"]}, _ORIGINS),
    Case("root", {"recommender_arn": "arn:aws:personalize:eu-central-1:123456789012:campaign/*"}, _RECOMMENDER),
    Case("root", {"recommender_arn": "arn:aws:personalize:eu-central-1:123456789012:solution/quiz"}, _RECOMMENDER),
    Case("root", {"sign_in": {"mfa": "on"}}, "sign_in.mfa must be OFF, OPTIONAL or ON."),
    Case(
        "root",
        {"environment": "Prod"},
        "environment must have 2 to 20 lower-case letters, digits and hyphens, a letter first and no hyphen last.",
    ),
    Case("root", {"submissions": {"producer_arns": ["*"]}}, _PRODUCERS),
    Case("root", {"submissions": {"max_concurrency": 1}}, "max_concurrency must be between 2 and 1000."),
    Case("tables", {"account_id": "1234"}, _ACCOUNT),
    Case("tables", {"name_prefix": "q"}, _PREFIX),
]

ACCEPTED = [
    Case("api", {"allowed_origins": ["https://quiz.example.com", "http://localhost:3000"]}),
    Case("api", _route("PATCH /intake/{proxy+}")),
    Case("api", _route("GET /quiz/{quiz_id}")),
    Case("api", _sign_in(mfa="ON", threat_protection="ENFORCED", token_minutes=15, refresh_token_days=365)),
    Case("api", _sign_in(mfa="OFF", token_minutes=60, extra_auth_flows=["USER_AUTH"], rotate_refresh_tokens=False)),
    Case("api", {"http": _HTTP | {"throttle": {"rate": 1, "burst": 1}}}),
    Case("bucket", {"expire_days": 1, "log_sources": ["arn:aws:s3:::media"], "tiers": {}}),
    Case("bucket", {"expire_days": 31, "access_logs": {"bucket": "logs"}}),
    Case("bucket", {"prefix": "a/b-2/", "purpose": "x" * 16, "tiers": {"DEEP_ARCHIVE": 30}}),
    Case("function", _grants()),
    Case("function", _grants("cloudwatch:GetMetricData", resource="*")),
    Case("function", {"name": "x" * 64}),
    Case("function", {"reserved_concurrency": -1, "timeout": 900}),
    Case("function", {"reserved_concurrency": 1, "timeout": 1}),
    Case("queue", {"max_concurrency": 2, "max_receives": 5, "retention_days": 13}),
    Case("queue", {"producer_arns": ["arn:aws:iam::123456789012:root", "arn:aws-cn:iam::123456789012:role/lms"]}),
    Case("queue", {"timeout": 30, "visibility_timeout": 180}),
    Case("tables", {"name_prefix": "a" * 32}),
]
