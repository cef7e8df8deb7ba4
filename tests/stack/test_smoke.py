"""The doors of the local stack, and of places that are not as they should be."""

import pytest

from tests.stack.support import Stack
from tools import smoke
from tools.deployed import Deployed


def test_the_local_stack_is_open_to_whom_it_should_be(stack: Stack, capsys: pytest.CaptureFixture[str]) -> None:
    assert smoke.main(["local"]) == 0
    assert "is open to whom it should be" in capsys.readouterr().out


def test_a_door_that_is_open_to_all_is_told(stack: Stack) -> None:
    # The emulator itself is well, takes anybody's call for one of S3, and has no sockets there.
    outside = Deployed("local", {"http_api_url": stack.known["endpoint_url"], "websocket_url": "ws://127.0.0.1:9/"})
    found = smoke.wrong(outside, patience=0)
    assert set(found) == {"the API refuses strangers", "the WebSocket API refuses strangers"}
