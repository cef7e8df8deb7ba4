"""DynamoDB's client."""

from functools import cache
from typing import TYPE_CHECKING

from adapters import clients

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@cache
def client() -> "DynamoDBClient":
    """The one DynamoDB client of this environment."""
    made: DynamoDBClient = clients.make("dynamodb")
    return made
