"""The API's description is what the API does: the driver holds every answer against it, and here it is held whole."""

import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import msgspec
import pytest

from adapters.gateway.errors import status_of
from adapters.gateway.routing import Route
from quiz.sent import Sent
from tests.unit.api.authoring import question
from tests.unit.api.driver import call, description, operation
from tests.unit.builders import Calls
from tools import docs
from tools.openapi import ROUTES
from tools.paths import ROOT

SCHEMAS = description()["components"]["schemas"]
_FIELDS = {"openapi", "info", "servers", "security", "tags", "paths", "components"}
_WITHOUT_BODY = {"DELETE", "GET", "HEAD"}
_OF_AN_OPERATION = {"operationId", "tags", "summary", "description", "parameters", "responses"}


def _key(route: Route) -> str:
    return route.key


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for name, value in node.items():
            if name == "$ref":
                yield value
            else:
                yield from _references(value)
        yield from node.get("discriminator", {}).get("mapping", {}).values() if "discriminator" in node else ()
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)


def test_it_has_the_structure_of_openapi_3_1() -> None:
    assert description().keys() == _FIELDS
    assert description()["openapi"] == "3.1.0"
    assert description()["info"].keys() == {"title", "version", "description"}
    assert description()["security"] == [{"token": []}]
    assert description()["components"].keys() == {"securitySchemes", "parameters", "headers", "schemas"}
    assert all(path.startswith("/") for path in description()["paths"])


def test_every_route_is_described_and_nothing_else() -> None:
    described = {f"{method.upper()} {path}" for path, methods in description()["paths"].items() for method in methods}
    assert described == {route.key.replace("+}", "}") for route in ROUTES}
    assert len(ROUTES) == len(described)


def test_operations_are_told_apart() -> None:
    names = [operation(route.key)["operationId"] for route in ROUTES]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("route", ROUTES, ids=_key)
def test_an_operation_is_described_whole(route: Route) -> None:
    described = operation(route.key)
    assert described.keys() - {"security", "requestBody"} == _OF_AN_OPERATION
    assert described["summary"]
    assert described["description"]
    assert ("security" in described) == route.public
    assert ("requestBody" in described) == (route.takes is not None and route.method not in _WITHOUT_BODY)
    for status, response in described["responses"].items():
        assert re.fullmatch(r"[2345]\d\d", status)
        assert response["description"]
        assert response.keys() <= {"description", "headers", "content"}


@pytest.mark.parametrize("route", ROUTES, ids=_key)
def test_its_parameters_are_those_of_the_route(route: Route) -> None:
    parameters = operation(route.key)["parameters"]
    found = [(each["in"], each["name"], each["required"]) for each in parameters if "$ref" not in each]
    in_path = [name for kind, name, _ in found if kind == "path"]
    assert in_path == re.findall(r"{(\w+)\+?}", route.path)
    needed = {field.name for field in msgspec.structs.fields(route.query) if field.required} if route.query else set()
    assert all(required == (kind == "path" or name in needed) for kind, name, required in found)
    assert {name for kind, name, _ in found if kind == "query"} == set(getattr(route.query, "__struct_fields__", ()))
    assert ({"$ref": "#/components/parameters/IfMatch"} in parameters) == route.if_match
    for each in parameters:
        if "$ref" not in each:
            jsonschema_rs.validator_for(each["schema"])


@pytest.mark.parametrize("route", ROUTES, ids=_key)
def test_its_errors_are_those_that_the_route_may_raise(route: Route) -> None:
    documented = {
        (int(status), code)
        for status, response in operation(route.key)["responses"].items()
        if int(status) >= 400
        for code in response["content"]["application/json"]["schema"]["properties"]["error"]["enum"]
    }
    assert documented == {(status_of(error), error.code) for error in route.can_fail_with()}


def test_every_reference_leads_somewhere_and_every_schema_is_used() -> None:
    used = set(_references(description()))
    for reference in used:
        node = description()
        for name in reference.removeprefix("#/").split("/"):
            node = node[name]
    assert {reference.rpartition("/")[2] for reference in used if "/schemas/" in reference} == set(SCHEMAS)


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_valid_and_so_are_their_examples(name: str) -> None:
    assert jsonschema_rs.meta.is_valid(SCHEMAS[name])
    validator = jsonschema_rs.validator_for({**SCHEMAS[name], "components": description()["components"]})
    for example in SCHEMAS[name].get("examples", ()):
        validator.validate(example)


@pytest.mark.parametrize("route", [route for route in ROUTES if route.takes not in (None, Sent)], ids=_key)
def test_bodies_with_unknown_fields_are_refused_by_the_schema_too(route: Route) -> None:
    name = operation(route.key)["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    assert SCHEMAS[name]["additionalProperties"] is False


@pytest.mark.parametrize("route", [route for route in ROUTES if route.takes is Sent], ids=_key)
def test_where_anything_is_taken_any_body_is_described_and_none_is_needed(route: Route) -> None:
    described = operation(route.key)
    assert described.get("requestBody", {}) in ({}, {"required": False, "content": {"*/*": {}}})
    # An answer to HEAD has headers alone.
    assert ("content" in described["responses"]["200"]) == (route.method != "HEAD")


def test_the_examples_are_what_the_api_takes(api: Calls) -> None:
    for key, name in (("POST /questions", "QuestionDraft"), ("POST /media", "Media")):
        assert call(key, SCHEMAS[name]["examples"][0]).status == 201
    example = SCHEMAS["QuizDraft"]["examples"][0]
    for question_id in example["question_ids"]:
        call("POST /questions", question(question_id=question_id))
    assert call("POST /quizzes", example).status == 201


def test_numbers_are_described_as_numbers() -> None:
    assert '"decimal"' not in json.dumps(description())
    assert SCHEMAS["Question"]["properties"]["points"] == {"type": "number", "default": 1.0}


def test_it_is_written_with_the_other_documents() -> None:
    assert ROOT / "docs" / "openapi.json" in docs.documents()
