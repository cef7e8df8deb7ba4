"""Functions that fail, mappings in trouble, tables half made: what the emulator of the proofs does not show."""

from typing import Any

import pytest

from tests.unit.tools.doctor.stubs import ACCOUNT, Service, clinic, said
from tools.doctor import functions, tables
from tools.doctor.report import Urgency


def _table(status: str = "ACTIVE", protected: bool = True, recovery: str = "ENABLED", index: str = "ACTIVE") -> Service:
    return Service(
        describe_table={
            "Table": {
                "TableStatus": status,
                "DeletionProtectionEnabled": protected,
                "GlobalSecondaryIndexes": [{"IndexName": "by_quiz", "IndexStatus": index}],
            }
        },
        describe_continuous_backups={
            "ContinuousBackupsDescription": {"PointInTimeRecoveryDescription": {"PointInTimeRecoveryStatus": recovery}}
        },
    )


@pytest.mark.parametrize(
    ("table", "wrong"),
    [
        (_table(), []),
        (_table(status="UPDATING"), []),
        (_table(protected=False, recovery="DISABLED"), []),
        (_table(status="INACCESSIBLE_ENCRYPTION_CREDENTIALS"), [(Urgency.TABLE, "games is INACCESSIBLE_ENCRYPTION_")]),
        (_table(index="CREATING"), [(Urgency.TABLE, "the index by_quiz of games is CREATING")]),
        (_table(recovery="DISABLED"), [(Urgency.SCHEDULE, "games could not be restored")]),
    ],
)
def test_tables(table: Service, wrong: list[tuple[Urgency, str]]) -> None:
    found = said(tables.tables(clinic(dynamodb=table)))
    assert [urgency for urgency, _ in found] == [urgency for urgency, _ in wrong]
    assert all(told.startswith(begins) for (_, told), (_, begins) in zip(found, wrong, strict=True))


def _function(**live: Any) -> Service:
    newest = {"State": "Active", "LastUpdateStatus": "Successful", "CodeSha256": "a", "Version": "7"}
    return Service(
        get_function_configuration=lambda FunctionName, Qualifier="": {**newest, **(live if Qualifier else {})},  # noqa: N803
        get_function_concurrency={},
    )


@pytest.mark.parametrize(
    ("function", "wrong"),
    [
        (_function(), []),
        (_function(State="Failed", StateReason="no ENI"), [(Urgency.FUNCTION, "submissions is Failed: no ENI")]),
        (_function(State="Inactive"), [(Urgency.ODD, "submissions is Inactive")]),
        (
            _function(LastUpdateStatus="Failed", LastUpdateStatusReason="no role"),
            [(Urgency.FUNCTION, "the last update of submissions is Failed: no role")],
        ),
        (
            _function(CodeSha256="b", Version="6"),
            [(Urgency.ODD, "submissions serves version 6, and newer code is there: rolled back, or half deployed")],
        ),
    ],
)
def test_functions(function: Service, wrong: list[tuple[Urgency, str]]) -> None:
    assert said(functions.functions(clinic(functions=function))) == wrong


def _mapping(**changes: Any) -> Service:
    mapping = {
        "UUID": "u",
        "FunctionArn": f"arn:aws:lambda:eu-central-1:{ACCOUNT}:function:quiz-staging-submissions:live",
        "EventSourceArn": f"arn:aws:sqs:eu-central-1:{ACCOUNT}:quiz-staging-submissions.fifo",
        "State": "Enabled",
        **changes,
    }
    return Service(list_event_source_mappings={"EventSourceMappings": [mapping]})


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, []),
        ({"LastProcessingResult": "OK"}, []),
        ({"LastProcessingResult": "OK - 3 records"}, []),
        (
            {"LastProcessingResult": "PROBLEM: Function call failed"},
            [(Urgency.MAPPING, "the queue submissions has trouble calling submissions: PROBLEM: Function call failed")],
        ),
        (
            {"State": "Updating"},
            [(Urgency.ODD, "the queue submissions does not call submissions: the mapping is Updating")],
        ),
        (
            {"FunctionArn": f"arn:aws:lambda:eu-central-1:{ACCOUNT}:function:of-somebody-else"},
            [(Urgency.MAPPING, "nothing calls any function: no event source mapping is there")],
        ),
    ],
)
def test_mappings(changes: dict[str, Any], wrong: list[tuple[Urgency, str]]) -> None:
    assert said(functions.mappings(clinic(functions=_mapping(**changes)))) == wrong


def test_a_stream_is_called_by_its_table() -> None:
    arn = f"arn:aws:dynamodb:eu-central-1:{ACCOUNT}:table/quiz-staging-participants/stream/2026-01-01T00:00:00.000"
    area = functions.mappings(clinic(functions=_mapping(EventSourceArn=arn)))
    assert area.facts == {"the stream of participants to submissions": "Enabled"}
