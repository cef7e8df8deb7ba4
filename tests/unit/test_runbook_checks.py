"""What the tests of the runbooks go by finds what is wrong in a command or a query, and nothing else."""

import pytest

from tests.unit.runbooks import aws, queries, shell, tools


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        ("aws sqs receive --queue-url x", "there is no aws sqs receive"),
        ("aws sqss list-queues", "there is no aws sqss list-queues"),
        ("aws sqs purge-queue", "aws sqs purge-queue: it wants --queue-url"),
        ("aws sqs purge-queue --queue-url x --force", "aws sqs purge-queue: no option --force"),
        ("aws sqs purge-queue --queue-url", "aws sqs purge-queue: --queue-url has no value"),
        ("aws sqs purge-queue --queue-url x y", "aws sqs purge-queue: what are ['y']?"),
        ("aws lambda update-event-source-mapping --uuid x --disabled", "no option --disabled"),
        ("aws sqs get-queue-attributes --queue-url x --attribute-names Number", "may not be Number"),
        ("aws sqs list-queues --query 'QueueUrls['", "--query QueueUrls["),
    ],
)
def test_find_a_command_that_the_aws_cli_refuses(command: str, problem: str) -> None:
    [found] = [problem for words in shell.commands(command) for problem in aws.problems(words)]
    assert problem in found


def test_take_a_command_that_the_aws_cli_takes() -> None:
    text = """
        aws lambda invoke --function-name "$F" --payload fileb://event.json answer.json </dev/null 2>&1
        aws lambda update-event-source-mapping --uuid UUID --no-enabled --region "$AWS_REGION"
    """
    assert not [problem for words in shell.commands(text) for problem in aws.problems(words)]


@pytest.mark.parametrize(
    "command", ["python -m tools.leaderboard rebuilt X", "python -m tools.nothing", "python -m tools.leaderboard"]
)
def test_find_a_command_that_our_tools_refuse(command: str) -> None:
    assert [problem for words in shell.commands(command) for problem in tools.problems(words)]


def test_find_commands_wherever_they_are() -> None:
    text = """
        A=$(aws one "$(jq two)")  # aws no
        for x in $(aws three); do
          echo 'aws no' "aws no" "$(($(date +%s) - 1))" | while read -r y; do aws four <<<"$(aws five)"; done
        done || { (aws six \\
          seven) ; }
    """
    found = [words for words in shell.commands(text) if words[0] in {"aws", "jq", "date"}]
    assert found == [
        ["jq", "two"],
        ["aws", "one", "$()"],
        ["aws", "three"],
        ["date", "+%s"],
        ["aws", "five"],
        ["aws", "four"],
        ["aws", "six", "seven"],
    ]


@pytest.mark.parametrize(
    "query",
    [
        'filter message = "nobody says so"',
        "stats count(*) by no_field",
        "fields @timestamp | where status >= 500",
        'filter message in ["batch done", "nobody says so"]',
    ],
)
def test_find_a_query_for_what_no_log_holds(query: str) -> None:
    assert queries.problems(query)


def test_take_a_query_for_what_a_log_holds() -> None:
    query = """filter message = "batch done" and level not in ["INFO", "-"] and latency_ms >= 500
        | stats sum(accepted) as yes, pct(record.metrics.durationMs, 99) as p99 by bin(5m), error_code
        | sort yes desc"""
    assert not queries.problems(query)
