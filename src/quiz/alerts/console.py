"""Links into the AWS console: a query of Logs Insights, ready to be run.

The console keeps a query in the fragment of its address, in a notation of its own: ~( ) around an object or a list, a ~
before each part, a ' before each string, and *xx for every character in one that is not plain. All of it is
percent-encoded twice, with $ in place of %.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

_DOMAINS = {"aws-cn": "console.amazonaws.cn", "aws-us-gov": "console.amazonaws-us-gov.com"}
_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._")
_TWICE = str.maketrans({"~": "$257E", "(": "$2528", ")": "$2529", "'": "$2527"})

ERRORS = """fields @timestamp, @log, level, message, exception_name, correlation_id, function_version
| filter level in ["ERROR", "CRITICAL"] or record.status = "timeout" or @message like /Task timed out/
| sort @timestamp desc
| limit 50"""


def errors_link(partition: str, region: str, functions: Sequence[str], start: datetime, end: datetime) -> str:
    """The errors that these functions logged between the two times."""
    groups = "".join(_string(f"/aws/lambda/{function}") for function in functions)
    query = (
        f"~(end{_string(_time(end))}~start{_string(_time(start))}~timeType{_string('ABSOLUTE')}~tz{_string('UTC')}"
        f"~editorString{_string(ERRORS)}~source~({groups}))"
    )
    domain = _DOMAINS.get(partition, "console.aws.amazon.com")
    page = f"https://{region}.{domain}/cloudwatch/home?region={region}"
    return f"{page}#logsV2:logs-insights$3FqueryDetail$3D{query.translate(_TWICE)}"


def _string(text: str) -> str:
    return "~'" + "".join(chr(byte) if byte in _PLAIN else f"*{byte:02x}" for byte in text.encode())


def _time(when: datetime) -> str:
    return f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z"
