"""The same for the five designs that this platform began with: as they are written, whether or not they work.

Calls are counted in their code, sizes are those of this platform's items, and they are paid by the same price file.
"""

from collections.abc import Iterator
from math import ceil

from tools.cost import scenarios
from tools.cost.assumed import assumed
from tools.cost.counting import GB, bill
from tools.cost.prices import Bill, Line
from tools.cost.usage import usage

# Lambda's own three lines about an invocation; none of the designs logs as JSON, which could leave them out.
_PLATFORM_LOG_BYTES = 350.0
# A call of the SDK by way of the NAT gateway: request, headers, TLS, answer.
_NAT_BYTES = 2048.0
_RUNS = 8_760


def _function(invocations: float, calls: float, megabytes: float, traced: float = 0.0) -> Iterator[Line]:
    """x86, without cold starts: their computing time is not known, so that of this platform's submit counts for all."""
    milliseconds = calls * assumed().call_ms + usage().work["submit"].cpu_ms * assumed().cpu_factor
    yield Line("lambda_request", invocations)
    yield Line("lambda_x86", invocations * milliseconds / 1000 * megabytes / 1024)
    yield Line("logs_gb", invocations * _PLATFORM_LOG_BYTES / GB)
    yield Line("xray_trace", invocations * traced)


def submissions(number: int = scenarios.SUBMISSIONS) -> Bill:
    """002: ten in a batch, one write each; no index, no announcement, no reason in the dead-letter queue."""
    return bill(f"{number:,} LMS submissions", _submissions(number))


def _submissions(number: int) -> Iterator[Line]:
    yield Line("sqs_fifo", number * 1.2)
    yield from _function(number / 10, 10, 512, assumed().trace_share)
    yield Line("dynamodb_write", number * usage().work["lms_batch"].writes["submissions"])


def quizzes(number: int = scenarios.QUIZZES) -> Bill:
    """000: a recommendation, a query and a put; a get, an update and an export. Its tables are paid for by the hour."""
    return bill(f"{number:,} generated and submitted quizzes", _quizzes(number))


def _quizzes(number: int) -> Iterator[Line]:
    yield Line("apigateway_rest", 2 * number)
    yield from _function(number, 3, 1024)
    yield from _function(number, 3, 512)
    yield Line("s3_put", number)
    yield Line("data_out_gb", number * (usage().work["generate"].response_bytes + 2 * assumed().overhead_bytes) / GB)


def live(players: int = scenarios.PLAYERS) -> Bill:
    """001: answers over HTTP, each a get, a put and an update; only the first question is ever sent, and no rank."""
    questions = usage().shapes.questions
    return bill(f"a live quiz of {players:,} players and {questions} questions", _live(players, questions))


def _live(players: int, questions: int) -> Iterator[Line]:
    answers = players * questions
    yield Line("apigateway_http", answers)
    yield Line("data_out_gb", answers * (100 + assumed().overhead_bytes) / GB)
    # The joining, its confirmation, and the first question.
    yield Line("apigateway_message", 3 * players)
    yield Line("apigateway_minute", players * ceil(usage().shapes.seconds / 60))
    yield from _function(3 * players, 4 / 3, 128)
    yield from _function(answers, 3, 128)
    # A row of a player is written with its index, which holds all of it, at each of these: connect, join, disconnect.
    yield Line("dynamodb_write", players * 6 + answers * 3)
    yield Line("dynamodb_read", answers / 2)
    yield Line("nat_gb", (4 * players + 3 * answers) * _NAT_BYTES / GB)


def idle(design: str) -> Bill:
    """A month in which nobody comes."""
    return bill(f"design {design}, a month in which nobody comes", _IDLE[design]())


def _generation() -> Iterator[Line]:
    """Two tables with ten units and an index with five, each way; a dashboard, two alarms."""
    hours = assumed().hours_in_month
    yield Line("dynamodb_write_hour", 2 * (10 + 5) * hours)
    yield Line("dynamodb_read_hour", 2 * (10 + 5) * hours)
    yield Line("dashboard", 1)
    yield Line("alarm_metric", 2)


def _live_idle() -> Iterator[Line]:
    """A NAT gateway with its address, a Redis node, a dashboard, an alarm."""
    hours = assumed().hours_in_month
    yield Line("nat_hour", hours)
    yield Line("ipv4_hour", hours)
    yield Line("elasticache_t3_micro_redis", hours)
    yield Line("dashboard", 1)
    yield Line("alarm_metric", 1)


def _queue() -> Iterator[Line]:
    """An alarm, Lambda's polls, and a look at two queues every five minutes."""
    known = assumed()
    yield Line("alarm_metric", 1)
    yield Line("sqs_fifo", known.pollers * known.hours_in_month * 3600 / known.poll_seconds + 2 * _RUNS)
    yield Line("scheduler_invocation", _RUNS)
    yield from _function(_RUNS, 2, 256, 1.0)


def _intake() -> Iterator[Line]:
    """A table with five units each way, an alarm."""
    hours = assumed().hours_in_month
    yield Line("dynamodb_write_hour", 5 * hours)
    yield Line("dynamodb_read_hour", 5 * hours)
    yield Line("alarm_metric", 1)


_IDLE = {
    "000 quiz generation": _generation,
    "001 live quiz": _live_idle,
    "002 LMS submissions": _queue,
    "004 request intake": _intake,
}
# 003 is described and not built: it says of itself 100 to 300 dollars a month for 1,000 users.
DESIGNS = tuple(_IDLE)
