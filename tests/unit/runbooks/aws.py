"""Whether a command of the AWS CLI exists as it is written, by the models that the CLI itself is made of."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import botocore.session
import jmespath  # type: ignore[import-untyped]
from botocore import xform_name
from botocore.exceptions import UnknownServiceError

# Options of every command, with the number of values that they take.
_EVERYWHERE = {
    "--cli-binary-format": 1,
    "--endpoint-url": 1,
    "--max-items": 1,
    "--no-cli-pager": 0,
    "--no-paginate": 0,
    "--output": 1,
    "--query": 1,
    "--region": 1,
}
_SERVICES = {"s3api": "s3"}
# It writes the answer to a file, which is no parameter of the operation.
_FILES = {("lambda", "invoke"): 1}
_ANY_NUMBER = 1_000


def problems(command: list[str]) -> list[str]:
    """What is wrong with `aws SERVICE OPERATION ...`."""
    _, service, operation, *rest = command
    model = _operation(service, operation)
    if model is None:
        return [f"there is no aws {service} {operation}"]
    shapes = _shapes(model)
    options, files = _options(rest, shapes)
    known = {*shapes, *_EVERYWHERE}
    found = [f"no option {name}" for name in options if name not in known]
    found += [f"it wants {name}" for name in _required(model) if name not in options]
    found += [
        problem
        for name, values in options.items()
        if name in known
        for problem in _values(name, values, shapes.get(name))
    ]
    if len(files) != _FILES.get((service, operation), 0):
        found.append(f"what are {files}?")
    return [f"aws {service} {operation}: {problem}" for problem in found]


def _options(words: list[str], shapes: Mapping[str, Any]) -> tuple[dict[str, list[str]], list[str]]:
    """Each option with its values, and what belongs to none."""
    options: dict[str, list[str]] = {}
    files: list[str] = []
    room = 0
    for word in words:
        if word.startswith("--"):
            latest = options.setdefault(word, [])
            room = _room(word, shapes.get(word))
        elif room:
            latest.append(word)
            room -= 1
        else:
            files.append(word)
    return options, files


def _room(name: str, shape: Any) -> int:
    """How many values it takes."""
    if shape is None:
        return _EVERYWHERE.get(name, 1)
    if shape.type_name == "boolean":
        return 0
    return _ANY_NUMBER if shape.type_name == "list" else 1


def _values(name: str, values: list[str], shape: Any) -> list[str]:
    if not values:
        return [f"{name} has no value"] if _room(name, shape) else []
    if name == "--query":
        return _query(values[0])
    kind = shape.member if shape is not None and shape.type_name == "list" else shape
    allowed = getattr(kind, "enum", [])
    return [f"{name} may not be {value}" for value in values if allowed and value not in allowed and "$" not in value]


def _query(expression: str) -> list[str]:
    try:
        jmespath.compile(re.sub(r"\$\{?\w+\}?", "filled", expression))
    except jmespath.exceptions.ParseError as error:
        return [f"--query {expression}: {error}"]
    return []


@cache
def _operation(service: str, operation: str) -> Any:
    try:
        model = _session().get_service_model(_SERVICES.get(service, service))
    except UnknownServiceError:
        return None
    by_name = {xform_name(name, "-"): name for name in model.operation_names}
    return model.operation_model(by_name[operation]) if operation in by_name else None


def _shapes(operation: Any) -> dict[str, Any]:
    """What the operation takes, by the option that says it."""
    members = dict(operation.input_shape.members) if operation.input_shape else {}
    shapes = {f"--{xform_name(name, '-')}": shape for name, shape in members.items()}
    negations = {name.replace("--", "--no-", 1): shape for name, shape in shapes.items() if _room(name, shape) == 0}
    return shapes | negations


def _required(operation: Any) -> list[str]:
    names = operation.input_shape.required_members if operation.input_shape else []
    return [f"--{xform_name(name, '-')}" for name in names]


@cache
def _session() -> Any:
    return botocore.session.get_session()
