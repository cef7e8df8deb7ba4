"""JSON as people send it who mean no good, and programs that are broken: often none at all."""

import json
from collections.abc import Callable
from random import Random
from typing import Any

from tests.proofs.campaigns.fuzzing.hostile import NAMES

# Numbers and words that are no JSON, though many parsers take them.
_NO_JSON = (
    "NaN",
    "-Infinity",
    "Infinity",
    "1e400",
    "-1e-400",
    "01",
    "+1",
    ".5",
    "0x1F",
    "1" * 5_000,
    "'x'",
    "undefined",
)


def dumped(value: Any, chance: Random) -> str:
    """As JSON, in one of the forms that clients choose."""
    spaces = chance.choice((None, None, 1))
    # Half a character can be escaped, and not be sent as it is.
    return json.dumps(value, ensure_ascii=_is_broken(value) or chance.random() < 0.7, indent=spaces)


def spoiled_bytes(body: str, chance: Random) -> bytes:
    """The text as bytes, as often as not with some in it that are no UTF-8."""
    raw = body.encode(errors="surrogatepass")
    place = chance.randrange(len(raw) + 1)
    strange = chance.choice((b"\xff\xfe", b"\xc3\x28", b"\xed\xa0\x80", b"\xf5", b"\x00"))
    return raw if chance.random() < 0.5 else raw[:place] + strange + raw[place:]


def _is_broken(value: Any) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def spoiled(body: str, chance: Random) -> str:
    """The same text, no longer the JSON that it was, and often none at all."""
    return chance.choice(_SPOILERS)(body, chance)


def _doubled_key(body: str, chance: Random) -> str:
    name = json.dumps(chance.choice(NAMES))
    return body.replace("{", f"{{{name}: 1, {name}: [], ", 1)


def _doubled_field(body: str, chance: Random) -> str:
    return f"{body[:-1]}, {body[1:]}" if body.startswith("{") else body * 2


def _deep(body: str, chance: Random) -> str:
    levels = chance.choice((20, 33, 1_000, 20_000))
    opened, closed = chance.choice((("[", "]"), ('{"a":', "}"), ('[{"a":', "}]")))
    return opened * levels + chance.choice(("", body)) + closed * chance.choice((0, levels))


def _deep_inside(body: str, chance: Random) -> str:
    return f'{body[:-1]}, "x": {"[" * chance.choice((30, 3_000))}'


def _no_number(body: str, chance: Random) -> str:
    head, colon, _ = body.rpartition(": ")
    return f"{head}{colon}{chance.choice(_NO_JSON)}}}"


def _huge(body: str, chance: Random) -> str:
    return f'{body[:-1]}, "x": "{"A" * chance.choice((8_000, 70_000, 300_000))}"}}'


def _cut(body: str, chance: Random) -> str:
    return body[: chance.randrange(len(body) + 1)]


def _flipped(body: str, chance: Random) -> str:
    place = chance.randrange(len(body) + 1)
    return (
        body[:place]
        + chance.choice(('"', "\\", "\x00", "\x1f", ",", "\ud800", "é", "\\ud800", "\\u0000"))
        + body[place:]
    )


def _nothing(body: str, chance: Random) -> str:
    return chance.choice(
        ("", " ", "null", "[]", "{}", '""', "0", "\ufeff" + body, body + "\n]", body + body, "a=1&b=2")
    )


def _raw_control(body: str, chance: Random) -> str:
    return body.replace('"', '"\x07', 2)


_SPOILERS: tuple[Callable[[str, Random], str], ...] = (
    _doubled_key,
    _doubled_field,
    _deep,
    _deep_inside,
    _no_number,
    _no_number,
    _huge,
    _cut,
    _flipped,
    _flipped,
    _nothing,
    _raw_control,
)
