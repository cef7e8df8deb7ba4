"""A quiz keeps the id of the request that submitted it, for whatever follows from the change of its row."""

from typing import TYPE_CHECKING

from tests.unit.builders import Calls
from tests.unit.quiz_api.support import choices, generated, read_results, store, submit

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def test_the_row_of_a_submitted_quiz_has_it(api: Calls, database: "DynamoDBClient") -> None:
    store(database, choices(3))
    quiz_id = generated(count=3)["quiz_id"]
    assert submit(quiz_id, ["a", "b", None]).status == 200
    row = database.get_item(TableName="results", Key={"quiz_id": {"S": quiz_id}})["Item"]
    assert row["correlation_id"] == {"S": "request-1"}
    # It is no part of the result.
    assert "correlation_id" not in read_results(quiz_id).text
    assert submit(quiz_id, ["a", "b", None]).status == 200
