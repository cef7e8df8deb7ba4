"""Runs a handler as Lambda does: each line that comes in is an event, those that go out are its log and its answer."""

import json
import os
import sys
import traceback
import uuid
from importlib import import_module
from types import SimpleNamespace

_PLENTY_OF_MS = 60_000


def main(module: str) -> None:
    """Until no more events come."""
    handler = import_module(module).handler
    for line in sys.stdin:
        context = SimpleNamespace(
            aws_request_id=str(uuid.uuid4()),
            function_name=os.environ["AWS_LAMBDA_FUNCTION_NAME"],
            function_version="game-day",
            get_remaining_time_in_millis=lambda: _PLENTY_OF_MS,
        )
        try:
            _say(f"RESULT {json.dumps(handler(json.loads(line), context))}")
        except Exception:  # noqa: BLE001  # Lambda takes anything
            traceback.print_exc()
        _say(f"REPORT RequestId: {context.aws_request_id}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
