"""Ages, floods of errors, and services that refuse an answer."""

from typing import Any

from botocore.exceptions import ClientError

from tests.unit.tools.doctor.stubs import Service, clinic, said
from tools.doctor import cache, logs, queues
from tools.doctor.report import Urgency


def _queues(visible: int, hidden: int, **cloudwatch: Any) -> Any:
    counted = {"ApproximateNumberOfMessages": str(visible), "ApproximateNumberOfMessagesNotVisible": str(hidden)}
    return clinic(
        sqs=Service(get_queue_attributes={"Attributes": counted}),
        cloudwatch=Service(**cloudwatch),
        functions=Service(get_function_configuration={}),
    )


def _age(*values: float) -> dict[str, Any]:
    return {"get_metric_data": {"MetricDataResults": [{"Id": "q0", "Values": list(values)}]}}


def test_an_old_message_is_found_by_its_latest_age() -> None:
    area = queues.queues(_queues(1, 0, **_age(1_500, 3)))
    assert said(area) == [(Urgency.QUEUE, "submissions: the oldest waits for 25 minutes")]
    assert not queues.queues(_queues(1, 0, **_age(3, 1_500))).problems
    assert not queues.queues(_queues(1, 0, **_age())).problems


def test_a_queue_that_is_full_of_work_is_found() -> None:
    assert said(queues.queues(_queues(0, 110_000, **_age()))) == [
        (Urgency.QUEUE, "submissions: 110,000 messages are in flight, of 120,000 that may be")
    ]


def test_depths_are_told_without_cloudwatch() -> None:
    refused = ClientError({"Error": {"Code": "AccessDenied"}}, "GetMetricData")
    area = queues.queues(_queues(4, 2, get_metric_data=refused))
    assert (area.summary, area.problems) == ("submissions 4 + 2 in work", ())


def test_what_somebody_looks_at_is_still_set_aside() -> None:
    [problem] = queues.dead_letters(_queues(0, 2)).problems
    assert problem.what == "2 messages set aside in submissions"


def test_a_function_that_cannot_ask_the_cache_is_told() -> None:
    failed = ClientError(
        {"Error": {"Code": "TooManyRequestsException"}, "ResponseMetadata": {"HTTPStatusCode": 429}},  # type: ignore[typeddict-item]
        "Invoke",
    )
    place = clinic({"functions": {"leaderboard": "quiz-staging-leaderboard"}}, functions=Service(invoke=failed))
    assert said(cache.cache(place)) == [(Urgency.CACHE, "the cache: TooManyRequestsException")]


def test_many_errors_are_not_all_counted() -> None:
    event = {"timestamp": 0, "message": '{"level": "ERROR", "message": "again"}'}
    place = clinic(logs=Service(filter_log_events={"events": [event] * 500, "nextToken": "more"}))
    [problem] = logs.errors(place).problems
    assert problem.what == "2,000 errors or more of submissions, the last: again"


def test_a_log_that_may_not_be_read_hides_no_other() -> None:
    def answer(logGroupName: str, **_: Any) -> Any:  # noqa: N803
        if logGroupName.endswith("submissions"):
            raise ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, "FilterLogEvents")
        return {"events": []}

    known = {"functions": {"submissions": "quiz-staging-submissions", "http": "quiz-staging-http"}}
    [problem] = logs.errors(clinic(known, logs=Service(filter_log_events=answer))).problems
    assert problem.urgency is Urgency.NO_ANSWER
    assert problem.what.startswith("the log of submissions cannot be read")


def test_an_environment_without_a_health_check_is_none_the_worse() -> None:
    assert logs.health(clinic()).summary == "not deployed"
