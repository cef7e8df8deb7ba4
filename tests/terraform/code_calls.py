"""The AWS calls that a handler's code makes, as IAM names them, read from the syntax tree.

A call counts if its method is named like an operation of a service that the handler makes clients of, whatever the
client is called there. A module that imports a service's types can only mean that service.
"""

import ast
from collections.abc import Iterator
from functools import cache

import botocore.session
from botocore import xform_name

from tools.package import reached_modules, services
from tools.package.imports import SRC

_TYPES = "mypy_boto3_"

# Each action in it needs what it would need by itself, and the whole needs nothing more.
_TRANSACTION = "dynamodb:TransactWriteItems"

# Where IAM's name is not the operation's.
_PERMISSIONS = {
    "lambda:Invoke": "lambda:InvokeFunction",
    "monitoring:DescribeAlarms": "cloudwatch:DescribeAlarms",
    "monitoring:GetMetricData": "cloudwatch:GetMetricData",
    "s3:HeadObject": "s3:GetObject",
    "sqs:DeleteMessageBatch": "sqs:DeleteMessage",
    "sqs:SendMessageBatch": "sqs:SendMessage",
}


def calls(handler: str) -> set[str]:
    """The actions that the code behind `handlers.<package>.<module>.<function>` needs."""
    name = handler.removeprefix("handlers.").rpartition(".")[0]
    return {call for module in reached_modules(name) for call in _calls_of(_tree(module), services(name))}


def _tree(module: str) -> ast.Module:
    base = SRC.joinpath(*module.split("."))
    file = base / "__init__.py" if base.is_dir() else base.with_suffix(".py")
    return ast.parse(file.read_text())


def _calls_of(tree: ast.Module, made: set[str]) -> Iterator[str]:
    candidates = _typed_services(tree) or made
    for node in ast.walk(tree):
        match node:
            # A paginator's operation is its argument, and so is what a signed address allows.
            case ast.Call(
                func=ast.Attribute(attr="get_paginator" | "generate_presigned_url"),
                args=[ast.Constant(value=str(method)), *_],
            ):
                yield from _actions(method, candidates)
            case ast.Call(func=ast.Attribute(attr="generate_presigned_post")):
                yield from _actions("put_object", candidates)
            # An action of a transaction, wherever the transaction is written.
            case ast.Dict(keys=[ast.Constant(value="ConditionCheck" | "Delete" | "Put" | "Update" as action)]):
                yield f"dynamodb:{action}Item"
            case ast.Call(func=ast.Attribute(attr=method)):
                yield from _actions(method, candidates)


def _typed_services(tree: ast.Module) -> set[str]:
    modules = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    tops = [module.split(".")[0] for module in modules if module.startswith(_TYPES)]
    return {top.removeprefix(_TYPES).rstrip("_").replace("_", "-") for top in tops}


def _actions(method: str, candidates: set[str]) -> Iterator[str]:
    for service in candidates:
        action = _operations(service).get(method)
        if action and action != _TRANSACTION:
            yield _PERMISSIONS.get(action, action)


@cache
def _operations(service: str) -> dict[str, str]:
    """By method name, the action of each of a service's operations."""
    model = botocore.session.get_session().get_service_model(service)
    return {xform_name(operation): f"{model.signing_name}:{operation}" for operation in model.operation_names}
