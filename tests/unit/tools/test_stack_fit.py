"""Whether the local stack is what was applied."""

from collections.abc import Iterator

import boto3
import pytest
from botocore.stub import Stubber
from mypy_boto3_lambda import LambdaClient

from tools.stack.fit import Unusable, check_mappings

FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:stream:live"
SOURCES = [f"arn:aws:sqs:us-east-1:000000000000:{name}" for name in ("first", "second")]


@pytest.fixture
def client() -> LambdaClient:
    return boto3.client("lambda", region_name="us-east-1", aws_access_key_id="nobody", aws_secret_access_key="nothing")


@pytest.fixture
def lists(client: LambdaClient) -> Iterator[Stubber]:
    with Stubber(client) as stubber:
        yield stubber


def _page(sources: list[str], marker: str | None = None) -> dict[str, object]:
    mappings = [{"FunctionArn": FUNCTION, "EventSourceArn": source} for source in sources]
    return {"EventSourceMappings": mappings, **({"NextMarker": marker} if marker else {})}


def test_one_mapping_of_each_source_is_well(client: LambdaClient, lists: Stubber) -> None:
    lists.add_response("list_event_source_mappings", _page(SOURCES))
    check_mappings(client)


def test_a_source_that_would_be_read_twice_asks_for_a_new_emulator(client: LambdaClient, lists: Stubber) -> None:
    lists.add_response("list_event_source_mappings", _page(SOURCES, marker="more"))
    lists.add_response("list_event_source_mappings", _page(SOURCES[:1]), {"Marker": "more"})
    with pytest.raises(Unusable, match=rf"twice: {SOURCES[0]} of {FUNCTION}$"):
        check_mappings(client)
