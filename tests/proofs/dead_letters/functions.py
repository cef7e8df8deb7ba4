"""Functions that tell what they were called with, and do what they are told by it."""

import io
import json
import time
import zipfile
from typing import Any

from tests.proofs.dead_letters.place import Place

_ACCOUNT = "000000000000"
_CODE = """
import json, os

def handler(event, context):
    with open(os.environ["HEARD"], "a") as heard:
        heard.write(json.dumps(event) + "\\n")
    if event.get("fails"):
        raise ValueError("as it was told")
    if "inspect" in event:
        return {"reachable": os.environ["CACHE"] == "there", "milliseconds": 0.7, "boards": {}}
    broken = [record for record in event.get("Records", []) if "broken" in json.dumps(record)]
    return {"batchItemFailures": [{"itemIdentifier": one["dynamodb"]["SequenceNumber"]} for one in broken]}
"""


class Listener:
    """A function with an alias, and a file of everything that it was called with."""

    def __init__(self, place: Place, name: str) -> None:
        self._place = place
        self.name = f"{place.prefix}-{name}"
        self._heard = place.home / f"{self.name}.jsonl"
        self._functions = place.client("lambda")
        self._functions.create_function(
            FunctionName=self.name,
            Runtime="python3.13",
            Handler="listener.handler",
            Role=f"arn:aws:iam::{_ACCOUNT}:role/listener",
            Code={"ZipFile": _zip()},
            Timeout=30,
            Publish=True,
            Environment={"Variables": self._variables()},
        )
        alias = self._functions.create_alias(FunctionName=self.name, Name="live", FunctionVersion="1")
        self.arn: str = alias["AliasArn"]

    def knows(self, **variables: str) -> None:
        """Tell it something, from now on."""
        self._functions.update_function_configuration(
            FunctionName=self.name, Environment={"Variables": {**self._variables(), **variables}}
        )
        version = self._functions.publish_version(FunctionName=self.name)["Version"]
        self._functions.update_alias(FunctionName=self.name, Name="live", FunctionVersion=version)
        self.ready()

    def ready(self) -> None:
        """Wait until what serves is what was made."""
        deadline = time.monotonic() + 20
        while True:
            for which in ({"Qualifier": "live"}, {}):
                found = self._functions.get_function_configuration(FunctionName=self.name, **which)
                if (found["State"], found["LastUpdateStatus"]) != ("Active", "Successful"):
                    break
            else:
                return
            assert time.monotonic() < deadline, found
            time.sleep(0.05)

    def _variables(self) -> dict[str, str]:
        return {"HEARD": str(self._heard), "CACHE": "there"}

    def follow(self, table: str, pattern: Any) -> str:
        """Have the stream of a table call it in future; returns the stream."""
        told = self._place.dynamodb.describe_table(TableName=f"{self._place.prefix}-{table}")
        stream: str = told["Table"]["LatestStreamArn"]
        self._functions.create_event_source_mapping(
            EventSourceArn=stream,
            FunctionName=self.arn,
            StartingPosition="LATEST",
            Enabled=False,
            FilterCriteria={"Filters": [{"Pattern": json.dumps(pattern)}]},
        )
        return stream

    def heard(self) -> list[Any]:
        """What it has been called with."""
        return [json.loads(line) for line in self._heard.read_text().splitlines()] if self._heard.exists() else []


def _zip() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("listener.py", _CODE)
    return written.getvalue()
