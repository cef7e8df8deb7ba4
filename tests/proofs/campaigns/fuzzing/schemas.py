"""Values that a schema of the API's description allows, with names in them that mean something here."""

import string
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

_LETTERS = string.ascii_letters + string.digits + "-_.~"
_LONGEST = 24
_MANY = 4

Known = Callable[[str], Any]


class Maker:
    """Makes values. `known` gives one for the name of a field, or None where it has none."""

    def __init__(self, components: Mapping[str, Any], chance: Random, known: Known) -> None:
        self._components = components
        self._chance = chance
        self._known = known

    def value(self, schema: Mapping[str, Any], name: str = "") -> Any:
        """One of the values that the schema allows."""
        if "$ref" in schema:
            found = schema["$ref"].rpartition("/")[2]
            return self.value(self._components[found], name)
        known = self._known(name) if name else None
        if known is not None:
            return known
        if (examples := schema.get("examples")) and self._chance.random() < 0.5:
            return self._chance.choice(examples)
        for several in ("anyOf", "oneOf"):
            if several in schema:
                return self.value(self._chance.choice(schema[several]), name)
        if "enum" in schema:
            return self._chance.choice(schema["enum"])
        return self._of_type(schema, name)

    def _of_type(self, schema: Mapping[str, Any], name: str) -> Any:
        kind = schema.get("type")
        match self._chance.choice(kind) if isinstance(kind, list) else kind:
            case "object":
                return self._object(schema)
            case "array":
                fewest, most = schema.get("minItems", 0), min(schema.get("maxItems", _MANY), _MANY)
                length = self._chance.randint(fewest, max(fewest, most))
                singular = name.removesuffix("s")
                return [self.value(schema.get("items", {}), singular) for _ in range(length)]
            case "string":
                return self._text(schema.get("minLength", 0), min(schema.get("maxLength", _LONGEST), _LONGEST))
            case "integer":
                return self._chance.randint(schema.get("minimum", -9), schema.get("maximum", 9_999))
            case "number":
                return round(self._chance.uniform(schema.get("minimum", -1), schema.get("maximum", 10)), 2)
            case "boolean":
                return self._chance.random() < 0.5
            case "null":
                return None
        return self._chance.choice(("a", ["a", "b"], {"a": "one"}, 4, True, "yes", None))

    def _object(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        required = schema.get("required", ())
        made = {
            name: self.value(part, name)
            for name, part in schema.get("properties", {}).items()
            if name in required or self._chance.random() < 0.5
        }
        others = schema.get("additionalProperties")
        if isinstance(others, dict) or ("propertyNames" in schema and others is not False):
            for _ in range(self._chance.randint(schema.get("minProperties", 0), _MANY)):
                made[self._known("option_id") or self._text(1, _LONGEST)] = self.value(others or {}, "")
        return made

    def _text(self, shortest: int, longest: int) -> str:
        length = self._chance.randint(max(shortest, 0), max(shortest, longest))
        return "".join(self._chance.choices(_LETTERS, k=length))
