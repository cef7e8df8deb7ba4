"""The intake on the real stack: what was sent is there as it was sent, without its secrets."""

import json

from adapters.items import from_item
from tests.stack.support import Stack, new_id


def test_a_request_is_recorded_as_it_came_and_without_its_secrets(stack: Stack) -> None:
    body, path = '{"broken": ', f"/intake/lms/{new_id('hook')}?token=secret&a=1"
    answer = stack.api("student").call("POST", path, body.encode(), {"X-Api-Key": "secret"})
    assert answer.status == 200
    key = {name: {"S": answer.body[name]} for name in ("request_id", "timestamp")}
    found = stack.dynamodb.get_item(TableName=stack.known["tables"]["requests"], Key=key, ConsistentRead=True)
    item = from_item(found["Item"])
    assert (item["method"], item["body"], item["is_json"]) == ("POST", body, False)
    assert "secret" not in json.dumps(item, default=str)


def test_strangers_record_nothing(stack: Stack) -> None:
    assert stack.api().call("POST", "/intake/anything", {"a": 1}).status == 401
