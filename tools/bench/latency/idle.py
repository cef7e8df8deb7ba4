"""A function that does nothing, behind the same API and the same authorizer as all others, for the time of a run."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from tools.bench.latency.calls import Call
from tools.stack import outputs

_NAME = "bench-idle"
_SOURCE = """
def handler(event, context):
    if event["pathParameters"]["how"] == "loud":
        print('{"level":"INFO","message":"nothing was done"}')
    return {"statusCode": 200, "body": "{}"}
"""


def call(*, writes: bool, is_loud: bool) -> Call:
    """A call that leads to it; it writes one line of log, or none."""
    path = f"/{_NAME}/{'loud' if is_loud else 'quiet'}"
    return Call(_WRITE, path, {}) if writes else Call(_READ, path)


_READ, _WRITE = (f"{method} /{_NAME}/{{how}}" for method in ("GET", "POST"))


@contextmanager
def idle(known: dict[str, Any]) -> Iterator[None]:
    """It is there as long as this lasts."""
    with ExitStack() as stack:
        arn = _function(known, stack)
        _routes(known, arn, stack)
        yield


def _function(known: dict[str, Any], stack: ExitStack) -> str:
    functions = outputs.client("lambda", known)
    another = functions.get_function_configuration(FunctionName=known["functions"]["http"])
    made: str = functions.create_function(
        FunctionName=_NAME,
        Runtime=another["Runtime"],
        Role=another["Role"],
        Handler=f"{_NAME}.handler",
        Code={"ZipFile": _zip()},
        MemorySize=another["MemorySize"],
    )["FunctionArn"]
    stack.callback(functions.delete_function, FunctionName=_NAME)
    functions.add_permission(
        FunctionName=_NAME,
        StatementId="api",
        Action="lambda:InvokeFunction",
        Principal="apigateway.amazonaws.com",
    )
    return made


def _routes(known: dict[str, Any], arn: str, stack: ExitStack) -> None:
    api, gateway = known["http_api_id"], outputs.client("apigatewayv2", known)
    [authorizer] = gateway.get_authorizers(ApiId=api)["Items"]
    integration = gateway.create_integration(
        ApiId=api, IntegrationType="AWS_PROXY", IntegrationUri=arn, PayloadFormatVersion="2.0"
    )["IntegrationId"]
    stack.callback(gateway.delete_integration, ApiId=api, IntegrationId=integration)
    for key in (_READ, _WRITE):
        route = gateway.create_route(
            ApiId=api,
            RouteKey=key,
            Target=f"integrations/{integration}",
            AuthorizationType="JWT",
            AuthorizerId=authorizer["AuthorizerId"],
        )["RouteId"]
        stack.callback(gateway.delete_route, ApiId=api, RouteId=route)


def _zip() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(f"{_NAME}.py", _SOURCE)
    return content.getvalue()
