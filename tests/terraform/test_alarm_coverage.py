"""Nothing that can fail is without an alarm."""

import pytest

from adapters.observability import NAMESPACE
from handlers.queue.submissions import Outcome
from tests.terraform.alarms import PREFIX, dimensions, named, runbook
from tests.terraform.dashboards import boards, counted
from tests.terraform.metric_math import metrics
from tests.terraform.plans import Raw, Resources
from tests.terraform.resolved import address_of
from tools.package import reached_modules
from tools.package.imports import SRC

_EVERY_FUNCTION = {"errors", "looping", "slow", "throttled"}


@pytest.fixture(scope="module")
def alarms(local: Resources) -> dict[str, Raw]:
    return named(local)


def test_every_function_is_watched(alarms: dict[str, Raw], local: Resources) -> None:
    for function in local.of_type("aws_lambda_function").values():
        name = function["function_name"]
        for kind in _EVERY_FUNCTION:
            alarm = alarms[f"{name.removeprefix(PREFIX)}-{kind}"]
            assert set(dimensions(alarm)) == {("FunctionName", name)}


def test_every_function_that_sets_aside_is_watched_for_what_it_loses(alarms: dict[str, Raw], local: Resources) -> None:
    mappings = local.of_type("aws_lambda_event_source_mapping").values()
    aliases = [address_of(mapping["function_name"]) for mapping in mappings if mapping["destination_config"]]
    configured = local.of_type("aws_lambda_function_event_invoke_config").values()
    names = {local.by_address[alias]["function_name"] for alias in aliases}
    names |= {one["function_name"] for one in configured}
    watched = {name for name, alarm in alarms.items() if runbook(alarm) == "function-undelivered"}
    assert watched == {f"{name.removeprefix(PREFIX)}-undelivered" for name in names}


def test_a_function_is_slow_before_it_is_cut_off(alarms: dict[str, Raw], local: Resources) -> None:
    for function in local.of_type("aws_lambda_function").values():
        alarm = alarms[f"{function['function_name'].removeprefix(PREFIX)}-slow"]
        assert 0.5 < alarm["threshold"] / (1000 * function["timeout"]) < 1


def test_every_table_is_watched_with_its_indexes(alarms: dict[str, Raw], local: Resources) -> None:
    for table in local.of_type("aws_dynamodb_table").values():
        name = table["name"].removeprefix(PREFIX)
        assert {value for key, value in dimensions(alarms[f"table-failing-{name}"]) if key == "TableName"} == {
            table["name"]
        }
        throttled = metrics(alarms[f"table-throttled-{name}"]).values()
        places = {(one["metric_name"], one["dimensions"].get("GlobalSecondaryIndexName")) for one in throttled}
        indexes = [None, *(index["name"] for index in table["global_secondary_index"])]
        assert places == {(f"{kind}ThrottleEvents", index) for kind in ("Read", "Write") for index in indexes}


def test_every_queue_of_what_was_set_aside_is_watched_for_a_single_message(
    alarms: dict[str, Raw], local: Resources
) -> None:
    read = {address_of(one["event_source_arn"]) for one in local.of_type("aws_lambda_event_source_mapping").values()}
    aside = {one["name"] for address, one in local.of_type("aws_sqs_queue").items() if address not in read}
    at_once = [one for one in alarms.values() if (one["evaluation_periods"], one["threshold"]) == (1, 0)]
    watched = {
        metric["dimensions"]["QueueName"]
        for alarm in at_once
        for metric in metrics(alarm).values()
        if metric["metric_name"] == "ApproximateNumberOfMessagesVisible"
    }
    assert watched == aside


# Composed of what became of a submission.
_OUTCOMES = {f"Submissions{outcome.capitalize()}" for outcome in Outcome}


def test_every_metric_of_ours_is_written_by_the_function_that_it_is_said_to_come_from(
    alarms: dict[str, Raw], local: Resources
) -> None:
    handlers = {one["function_name"]: one["handler"] for one in local.of_type("aws_lambda_function").values()}
    of_alarms = {
        (metric["metric_name"], metric["dimensions"]["service"])
        for alarm in alarms.values()
        for metric in metrics(alarm).values()
        if metric["namespace"] == NAMESPACE
    }
    of_boards = {pair for board in boards(local).values() for pair in counted(board, NAMESPACE)}
    for metric, service in of_alarms | of_boards:
        code = _code(handlers[service])
        assert f'"{metric}"' in code or (metric in _OUTCOMES and 'f"Submissions{' in code), (metric, service)


def _code(handler: str) -> str:
    """All that a handler imports, directly or not."""
    modules = reached_modules(handler.removeprefix("handlers.").rpartition(".")[0])
    bases = [SRC.joinpath(*module.split(".")) for module in modules]
    return "".join((base / "__init__.py" if base.is_dir() else base.with_suffix(".py")).read_text() for base in bases)
