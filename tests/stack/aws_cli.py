"""What the documents need of the AWS CLI, for machines that lack version 2: that one is on no package index.

It reads options by the same models, and asks the same API. Where the real one is on the path, that one is used.
"""

import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import botocore.session
import jmespath  # type: ignore[import-untyped]
from botocore import xform_name
from botocore.exceptions import ClientError

_ENCODED = {"--cli-binary-format", "--no-cli-pager"}
_ANY_NUMBER = 1_000


def main(arguments: list[str]) -> int:
    """Call one operation and print its answer."""
    service, operation, *rest = arguments
    options = _options(rest)
    query, output = options.pop("--query", None), options.pop("--output", ["json"])
    endpoint, region = options.pop("--endpoint-url", [None]), options.pop("--region", [os.environ.get("AWS_REGION")])
    session = botocore.session.get_session()
    client = session.create_client(
        {"s3api": "s3"}.get(service, service), endpoint_url=endpoint[0], region_name=region[0]
    )
    if operation == "wait":
        name = rest[0].replace("-", "_")
        client.get_waiter(name).wait(**_parameters(client, _waited(client, name), options))
        return 0
    try:
        answer = _answer(client, operation, _parameters(client, operation, options))
    except ClientError as error:
        sys.stderr.write(f"{error}\n")
        return 254
    _print(jmespath.search(query[0], answer) if query else answer, output[0])
    return 0


def _options(words: list[str]) -> dict[str, list[str]]:
    options: dict[str, list[str]] = {}
    latest: list[str] = []
    for word in words:
        if word.startswith("--"):
            latest = options.setdefault(word, [])
        else:
            latest.append(word)
    return {name: values for name, values in options.items() if name not in _ENCODED}


def _model(client: Any, operation: str) -> Any:
    by_name = {xform_name(name, "-"): name for name in client.meta.service_model.operation_names}
    return client.meta.service_model.operation_model(by_name[operation])


def _waited(client: Any, name: str) -> str:
    return str(xform_name(client.get_waiter(name).config.operation, "-"))


def _parameters(client: Any, operation: str, options: dict[str, list[str]]) -> dict[str, Any]:
    members = _model(client, operation).input_shape.members
    shapes = {f"--{xform_name(name, '-')}": (name, shape) for name, shape in members.items()}
    return {shapes[option][0]: _value(shapes[option][1], values) for option, values in options.items()}


def _value(shape: Any, words: list[str]) -> Any:
    if shape.type_name == "boolean":
        return True
    if shape.type_name == "list":
        whole = words[0].startswith("[")
        return json.loads(words[0]) if whole else [_one(shape.member, word) for word in words]
    return _one(shape, words[0])


def _one(shape: Any, word: str) -> Any:
    text = Path(word.partition("://")[2]).read_text(encoding="utf-8") if word.startswith("file://") else word
    if shape.type_name in ("structure", "map"):
        return json.loads(text) if text.startswith("{") else dict(part.split("=", 1) for part in text.split(","))
    if shape.type_name in ("integer", "long"):
        return int(text)
    return datetime.fromisoformat(text) if shape.type_name == "timestamp" else text


def _answer(client: Any, operation: str, parameters: dict[str, Any]) -> Any:
    name = operation.replace("-", "_")
    if client.can_paginate(name):
        return client.get_paginator(name).paginate(**parameters).build_full_result()
    answer = getattr(client, name)(**parameters)
    return {key: value for key, value in answer.items() if key != "ResponseMetadata"}


def _print(answer: Any, output: str) -> None:
    if output == "json" and answer not in ({}, None):
        sys.stdout.write(json.dumps(answer, indent=4, default=str) + "\n")
    elif output == "text":
        sys.stdout.write(("\t".join(map(str, answer)) if isinstance(answer, list) else str(answer)) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
