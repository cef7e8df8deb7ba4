"""The programs of the fresh processes. What is stubbed is the last step before the network, and nothing before it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

# In an answer it becomes the id of the message that the function has sent.
SENT = "(sent)"

_FLOOR = """
import botocore.session
botocore.session.get_session().create_client("dynamodb", region_name="us-east-1")
"""

# With the response the start is over: Lambda takes no interpreter down, which would be a quarter of the time.
_END = """
import os
os._exit(0)
"""

# First of all, as in Lambda: what a function does before it imports anything else is done before anything else.
_IMPORT = """
import importlib
module, function = entry.rsplit(".", 1)
handler = getattr(importlib.import_module(module), function)
"""

# botocore is imported here only where it is in the package, whose function has imported it already or is about to.
_NETWORK = """
import io, json, re, urllib.request
sent = {"id": ""}
def answer_of(headers, url, body):
    target = headers.get("X-Amz-Target") or b""
    target = target.decode() if isinstance(target, bytes) else target
    text = body.decode() if isinstance(body, bytes) else str(body)
    query = re.search("Action=([A-Za-z]+)", text)
    operation = target.rpartition(".")[2] or (query and query[1]) or url.rpartition("/")[2]
    sent.update(id=named[1]) if (named := re.search('"MessageDeduplicationId": ?"([^"]+)"', text)) else None
    found = answers.get({"invocations": "Invoke"}.get(operation, operation), {})
    return (found if isinstance(found, str) else json.dumps(found)).replace("(sent)", sent["id"]).encode()
class Body(io.BytesIO):
    def stream(self, *args, **kwargs):
        yield self.read()
def send(self, request):
    found = Body(answer_of(request.headers, request.url, request.body))
    return AWSResponse(request.url, 200, {"x-amzn-RequestId": "cold"}, found)
urllib.request.OpenerDirector.open = lambda *args, **kwargs: Body(other.encode())
try:
    from botocore.awsrequest import AWSResponse
    from botocore.httpsession import URLLib3Session
    URLLib3Session.send = send
except ModuleNotFoundError:
    pass
"""

_CALL = """
class Context:
    aws_request_id = "cold"
    invoked_function_arn = "arn:aws:lambda:us-east-1:123456789012:function:none"
    def get_remaining_time_in_millis(self): return 10_000
response = handler(event, Context()) or {}
if response.get("statusCode", 200) >= 400 or "error" in response.get("body", "") or response.get("batchItemFailures"):
    raise SystemExit(json.dumps(response))
"""


def first(folder: Path, entry: str, event: Mapping[str, Any], answers: Mapping[str, Any], url: str = "") -> str:
    """Import the function from the folder and give it its first event; an answer that is an error fails the process."""
    given = f"entry, event, answers, other = {entry!r}, {dict(event)!r}, {dict(answers)!r}, {url!r}\n"
    return _path(folder) + given + _IMPORT + _NETWORK + _CALL + _END


def floor(folder: Path) -> str:
    """The least that a function which calls AWS needs."""
    return _path(folder) + _FLOOR + _END


def _path(folder: Path) -> str:
    return f"import sys; sys.path.insert(0, {str(folder)!r})\n"
