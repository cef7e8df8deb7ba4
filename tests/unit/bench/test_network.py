"""The network in memory: counted while it is recorded, and played back afterwards."""

from typing import Any

import pytest
from botocore.awsrequest import AWSPreparedRequest
from botocore.compat import HTTPHeaders

from tools.bench.operations.network import Network, Unheard


@pytest.fixture
def network() -> Network:
    made = Network()
    made.answer("dynamodb.GetItem", body=b'{"Item":{}}')
    return made


def _ask(network: Network, body: bytes, operation: str = "dynamodb.GetItem") -> Any:
    request = AWSPreparedRequest("POST", "https://dynamodb", HTTPHeaders(), body, stream_output=False)
    return network(event_name=f"before-send.{operation}", request=request)


def test_counts_what_it_answers(network: Network) -> None:
    answer = _ask(network, b"one")
    assert (answer.status_code, answer.content) == (200, b'{"Item":{}}')
    assert network.calls == {"dynamodb.GetItem": 1}
    assert network.sent == [("dynamodb.GetItem", b"one")]


def test_what_is_unnoticed_is_not_counted(network: Network) -> None:
    with network.unnoticed():
        _ask(network, b"one")
    _ask(network, b"two")
    assert network.calls == {"dynamodb.GetItem": 1}


def test_plays_back_what_was_answered_to_the_same_request(network: Network) -> None:
    for body in (b'{"TableName":"a"}1', b'{"TableName":"a"}2'):
        network.answer("dynamodb.GetItem", body=body)
        _ask(network, body)
    network.plays_back = True
    assert _ask(network, b'{"TableName":"a"}1').content == b'{"TableName":"a"}1'
    assert network.calls["dynamodb.GetItem"] == 2


def test_plays_back_the_last_answer_of_the_same_table_to_a_new_request(network: Network) -> None:
    for table in ("a", "b", "c"):
        body = f'{{"TableName": "{table}"}}'.encode()
        network.answer("dynamodb.GetItem", body=body)
        _ask(network, body)
    network.plays_back = True
    assert _ask(network, b'{"TableName": "b", "Key": "new"}').content == b'{"TableName": "b"}'


def test_refuses_to_play_back_what_was_never_asked(network: Network) -> None:
    network.plays_back = True
    with pytest.raises(Unheard, match="PutItem"):
        _ask(network, b"", "dynamodb.PutItem")
