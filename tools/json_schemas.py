"""JSON Schemas of the API's models, as its description holds them."""

import inspect
from typing import Any

import msgspec

_REFERENCE = "#/components/schemas/{name}"


def reference(model: Any) -> dict[str, Any]:
    """The schema of a model: where the description holds it, or a list of what it holds there."""
    [schema], _ = msgspec.json.schema_components([model], ref_template=_REFERENCE)
    described: dict[str, Any] = _as_sent(schema)
    return described


def schemas_of(models: list[Any]) -> dict[str, Any]:
    """The schemas of the models, and of all that they are made of, by name."""
    _, schemas = msgspec.json.schema_components(models, ref_template=_REFERENCE)
    return {name: _as_sent(schema) for name, schema in sorted(schemas.items())}


def _as_sent(schema: Any) -> Any:
    """Numbers as the API sends them, not as text; and no defaults that nobody could send."""
    if isinstance(schema, list):
        return [_as_sent(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    described = {name: _as_sent(part) for name, part in schema.items()}
    if described.get("format") == "decimal":
        described = {**described, "type": "number"}
        del described["format"]
        if "default" in described:
            described["default"] = float(described["default"])
    if described.get("minLength") and described.get("default") == "":
        del described["default"]
    if isinstance(described.get("description"), str):
        described["description"] = inspect.cleandoc(described["description"])
    return described


def without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter that is left out is not sent as null."""
    if schema.get("default", "") is None:
        del schema["default"]
    kinds = [kind for kind in schema.pop("anyOf", []) if kind != {"type": "null"}]
    return {**schema, **(kinds[0] if kinds else {})}
