"""Settings of a function: its environment variables, read once into a typed struct."""

from collections.abc import Mapping
from typing import TypeVar

import msgspec

Settings = TypeVar("Settings", bound=msgspec.Struct)


def read(model: type[Settings], environment: Mapping[str, str]) -> Settings:
    """Fill the struct from variables of the same names in capitals; a missing or bad one is named in the error."""
    values = {
        field.name: environment[field.name.upper()]
        for field in msgspec.structs.fields(model)
        if field.name.upper() in environment
    }
    return msgspec.convert(values, model, strict=False)
