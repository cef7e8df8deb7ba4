"""The tables and examples of docs/live.md, made from the messages themselves: `make docs` writes them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, inspect

from quiz.live import messages, wishes
from quiz.live.messages import Asked, ServerMessage, You
from quiz.live.names import UserInfo
from quiz.live.settings import LiveSettings
from quiz.live.standings import Counts, Row
from quiz.live.wishes import ClientMessage
from tools.live.examples import EXAMPLES
from tools.live.meanings import MEANINGS
from tools.paths import ROOT

GUIDE = ROOT / "docs" / "live.md"

# Parts of messages, and what the guide calls them.
PARTS: Mapping[type[Struct], str] = {
    UserInfo: "user_info",
    Asked: "question",
    You: "you",
    Row: "row",
    Counts: "counts",
}
_encoder = msgspec.json.Encoder(decimal_format="number")


class DocsError(Exception):
    """A message that nobody has described."""


def sent() -> list[type[Struct]]:
    """Every message of a client."""
    return _leaves(ClientMessage)


def received() -> list[type[Struct]]:
    """Every message of the server."""
    return _leaves(ServerMessage)


def rendered(guide: Path = GUIDE) -> str:
    """The guide as it should be."""
    text = guide.read_text(encoding="utf-8")
    for name, part in (
        ("SENT", _sections(sent())),
        ("RECEIVED", _sections(received())),
        ("PARTS", _parts()),
        ("SETTINGS", _settings()),
    ):
        before, begin, rest = text.partition(f"<!-- BEGIN GENERATED {name} -->\n")
        _, end, after = rest.partition(f"<!-- END GENERATED {name} -->")
        if not (begin and end):
            raise DocsError(f"{guide.name} needs the lines BEGIN and END GENERATED {name}")
        text = f"{before}{begin}\n{part}\n{end}{after}"
    return text


def tag_of(model: type[Struct]) -> str:
    """What a message is called on the wire."""
    return str(model.__struct_config__.tag or PARTS[model])


def _leaves(base: type[Struct]) -> list[type[Struct]]:
    found = [*vars(wishes).values(), *vars(messages).values()]
    kinds = [one for one in found if isinstance(one, type) and issubclass(one, base)]
    return [one for one in kinds if one.__struct_config__.tag and not one.__subclasses__()]


def _sections(models: list[type[Struct]]) -> str:
    return "\n".join(_section(model) for model in models)


def _section(model: type[Struct]) -> str:
    lines = [f"### `{tag_of(model)}`", "", str(model.__doc__), ""]
    rows = list(_rows(model))
    if rows:
        lines += ["| Field | Type | Meaning |", "|---|---|---|", *rows, ""]
    example = msgspec.json.format(_encoder.encode(EXAMPLES[model]), indent=2).decode()
    return "\n".join([*lines, "```json", example, "```", ""])


def _parts() -> str:
    lines = []
    for model, name in PARTS.items():
        lines += [
            f"### {name}",
            "",
            str(model.__doc__),
            "",
            "| Field | Type | Meaning |",
            "|---|---|---|",
            *_rows(model),
            "",
        ]
    return "\n".join(lines)


def _settings() -> str:
    lines = ["| Setting | Values | Default | Meaning |", "|---|---|---|---|"]
    for field in _fields(LiveSettings):
        described = _description(field.type)
        lines.append(f"| `{field.name}` | {kind(field.type)} | `{_shown(field.default)}` | {described} |")
    return "\n".join([*lines, ""])


def _rows(model: type[Struct]) -> Iterator[str]:
    for field in _fields(model):
        # It is the same everywhere, and described once.
        if field.name == "request_id":
            continue
        meaning = MEANINGS.get(f"{tag_of(model)}.{field.name}") or MEANINGS.get(field.name) or _description(field.type)
        if not meaning:
            raise DocsError(f"nobody has said what {tag_of(model)}.{field.name} means: tools/live/meanings.py")
        missing = "" if field.required else "; may be missing"
        yield f"| `{field.name}` | {kind(field.type)}{missing} | {meaning} |"


def _fields(model: type[Struct]) -> tuple[inspect.Field, ...]:
    found = inspect.type_info(model)
    if not isinstance(found, inspect.StructType):
        raise DocsError(f"{model.__name__} is no message")
    return found.fields


def kind(given: inspect.Type) -> str:
    """The type of a field in words."""
    match given:
        case inspect.Metadata(type=inner):
            return kind(inner)
        case inspect.UnionType(types=several):
            return kind(next(one for one in several if not isinstance(one, inspect.NoneType)))
        case inspect.StrType(min_length=least, max_length=most):
            return f"string, {least or 0} to {most} characters" if most else "string"
        case inspect.IntType(ge=least, le=most):
            return f"number, {least} to {most:,}" if most else "number"
        case inspect.VarTupleType(item_type=item):
            return f"list of {kind(item)}"
        case inspect.StructType(cls=model):
            return f"[{PARTS[model]}](#{PARTS[model]})" if model in PARTS else "object"
        case inspect.LiteralType(values=values):
            return " or ".join(f"`{value}`" for value in values)
    return _NAMES[type(given)]


_NAMES: Mapping[type[inspect.Type], str] = {
    inspect.AnyType: "any JSON",
    inspect.BoolType: "boolean",
    inspect.DecimalType: "number, 0 to 1",
    inspect.DictType: "object",
}


def _description(given: inspect.Type) -> str:
    match given:
        case inspect.Metadata(extra_json_schema=extra) if extra:
            return str(extra.get("description", ""))
        case inspect.Metadata(type=inner):
            return _description(inner)
        case inspect.UnionType(types=several):
            return next((found for one in several if (found := _description(one))), "")
    return ""


def _shown(default: Any) -> str:
    return default if isinstance(default, str) else str(default)
