"""The boards are what CloudWatch takes, and show what there is: it refuses a wrong body only when it is applied."""

import json
from collections import Counter
from itertools import combinations

import msgspec
import pytest

from tests.terraform import dashboards
from tests.terraform.alarms import existing, outages
from tests.terraform.dashboards import Alarms, Board, Drawn, dimensions, graphs, overlap, used
from tests.terraform.plans import Resources

_FUNCTION = {"Invocations", "Errors", "Duration", "ConcurrentExecutions", "Throttles"}
_QUEUE = {
    "ApproximateAgeOfOldestMessage",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesVisible",
}
_TABLE = {"ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits", "ReadThrottleEvents", "WriteThrottleEvents"}
_NODE = {"CPUUtilization", "EngineCPUUtilization", "DatabaseMemoryUsagePercentage", "ReplicationLag"}


@pytest.fixture(scope="module")
def boards(local: Resources) -> dict[str, Board]:
    return dashboards.boards(local)


class TestBoards:
    def test_are_two(self, boards: dict[str, Board]) -> None:
        assert set(boards) == {"quiz-local-business", "quiz-local-mechanics"}

    def test_have_metrics_in_cloudwatchs_own_form(self, boards: dict[str, Board]) -> None:
        for metric in [metric for board in boards.values() for graph in graphs(board) for metric in graph.metrics]:
            assert all(isinstance(part, str) for part in metric[:-1]), metric
            msgspec.convert(metric[-1], Drawn)
            assert dimensions(metric), metric

    def test_have_no_widget_upon_another(self, boards: dict[str, Board]) -> None:
        for name, board in boards.items():
            grid = [(one.x, one.y, one.width, one.height, one.properties.title) for one in board.widgets]
            shown = "\n".join(map(str, [name, *grid]))
            assert not [pair for pair in combinations(board.widgets, 2) if overlap(*pair)], shown
            assert not [one for one in board.widgets if one.x + one.width > 24], shown

    def test_leave_no_gap(self, boards: dict[str, Board]) -> None:
        for board in boards.values():
            covered = sum(one.width * one.height for one in board.widgets)
            bottom = max(one.y + one.height for one in board.widgets)
            assert bottom * 24 - covered < 24 * 6

    def test_have_a_title_for_each_widget(self, boards: dict[str, Board]) -> None:
        for board in boards.values():
            titles = Counter(one.properties.title for one in board.widgets)
            assert set(titles.values()) == {1}

    def test_show_things_that_exist(self, boards: dict[str, Board], local: Resources) -> None:
        there = existing(local)
        for board in boards.values():
            assert not {one for one in used(board) if one[2] not in there[one[1]]}


class TestTheMachinery:
    def test_shows_what_is_down_first(self, boards: dict[str, Board], local: Resources) -> None:
        [states] = [one for one in boards["quiz-local-mechanics"].widgets if isinstance(one, Alarms)]
        assert (states.x, states.y) == (0, 0)
        shown = {alarm.rpartition(":alarm:")[2] for alarm in states.properties.alarms}
        assert shown == {one["alarm_name"] for one in outages(local).values()}

    @pytest.mark.parametrize(
        ("dimension", "signals"),
        [
            ("FunctionName", _FUNCTION),
            ("QueueName", _QUEUE),
            ("TableName", _TABLE),
            ("CacheClusterId", _NODE),
            ("ApiId", {"IntegrationLatency"}),
        ],
    )
    def test_shows_the_golden_signals_of_everything(
        self, boards: dict[str, Board], local: Resources, dimension: str, signals: set[str]
    ) -> None:
        wanted = {(signal, dimension, one) for signal in signals for one in existing(local)[dimension]}
        assert not wanted - used(boards["quiz-local-mechanics"])

    def test_shows_how_near_a_function_is_to_its_timeout(self, boards: dict[str, Board], local: Resources) -> None:
        drawn = {
            dict(dimensions(graph.metrics[0]))["FunctionName"]: line.value
            for graph in graphs(boards["quiz-local-mechanics"])
            for line in graph.annotations.horizontal
        }
        functions = local.of_type("aws_lambda_function").values()
        assert drawn == {one["function_name"]: 1000 * one["timeout"] for one in functions}


class TestTheBusiness:
    @pytest.mark.parametrize(
        "metric",
        [
            "ParticipationRate",
            "CompletionRate",
            "SubmissionsAccepted",
            "SubmissionScore",
            "QuizScore",
            "AnswersAccepted",
        ],
    )
    def test_shows_how_quizzes_go(self, boards: dict[str, Board], metric: str) -> None:
        assert metric in {name for name, _, _ in used(boards["quiz-local-business"])}

    def test_shows_scores_as_a_distribution(self, boards: dict[str, Board]) -> None:
        for name in ("SubmissionScore", "QuizScore"):
            found = [metric for graph in graphs(boards["quiz-local-business"]) for metric in graph.metrics]
            assert {one[-1]["stat"] for one in found if one[1] == name} == {"p10", "p50", "p90"}


def test_the_addresses_lead_to_the_boards(local: Resources) -> None:
    [notify] = [
        one for one in local.of_type("aws_lambda_function").values() if one["function_name"].endswith("-notify")
    ]
    url = notify["environment"][0]["variables"]["DASHBOARD_URL"]
    assert url == (
        "https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1"
        "#dashboards:name=quiz-local-mechanics"
    )


def test_a_body_with_an_unknown_key_is_refused() -> None:
    """Else a misspelled one would be dropped here as quietly as by Terraform."""
    widget = {"type": "alarm", "x": 0, "y": 0, "width": 24, "height": 3, "properties": {"titel": "", "alarms": ["a"]}}
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(json.dumps({"periodOverride": "auto", "widgets": [widget]}), type=Board)
