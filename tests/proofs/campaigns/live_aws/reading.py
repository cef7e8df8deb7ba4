"""Reads DynamoDB's expressions: their words, paths and operands."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from tests.proofs.campaigns.live_aws.values import Item, Value, added, invalid
from tests.proofs.database_model import Unmodelled

_WORDS = re.compile(r"\s*(<>|<=|>=|[=<>(),+.\-\[\]]|[#:]?\w+)\s*")


class Bound(NamedTuple):
    """An item, and what an expression's names and values stand for."""

    item: Item
    names: Mapping[str, str]
    values: Mapping[str, Value]


Path: TypeAlias = tuple[str, ...]
Operand: TypeAlias = Callable[[Bound], Value | None]


class Words:
    """The words of an expression, one after the other; `used` are its names and values."""

    def __init__(self, text: str) -> None:
        self._words = _WORDS.findall(text)
        if "".join(self._words) != re.sub(r"\s", "", text):
            raise Unmodelled(f"this model cannot read {text!r}")
        self._place = 0
        self.text = text
        self.used = frozenset(word for word in self._words if word[0] in "#:")

    @property
    def next(self) -> str:
        """The word that follows, in capitals; empty at the end."""
        return self._words[self._place].upper() if self._place < len(self._words) else ""

    def peek(self) -> str:
        """The word that follows, as it is."""
        return self._words[self._place] if self._place < len(self._words) else ""

    def take(self) -> str:
        if self._place == len(self._words):
            raise self.strange()
        self._place += 1
        word: str = self._words[self._place - 1]
        return word

    def took(self, word: str) -> bool:
        """Go past the word, if it follows."""
        if self.next != word:
            return False
        self._place += 1
        return True

    def expect(self, word: str) -> None:
        if not self.took(word):
            raise self.strange()

    def strange(self) -> Unmodelled:
        return Unmodelled(f"this model does not know what {self.next!r} is to mean in {self.text!r}")

    def path(self) -> Path:
        parts = [self.take()]
        while self.took("."):
            parts.append(self.take())
        if not all(re.fullmatch(r"#?\w+", part) for part in parts):
            raise self.strange()
        return tuple(parts)

    def operand(self) -> Operand:
        """A value, what is found at a path, or what one of them is if nothing is found there."""
        if self.next.startswith(":"):
            name = self.take()
            return lambda bound: bound.values[name]
        if self.took("IF_NOT_EXISTS"):
            return self._default()
        path = self.path()
        return lambda bound: found(bound, path)

    def sum(self) -> Operand:
        """An operand, or two with a sign between them."""
        one = self.operand()
        if self.next not in ("+", "-"):
            return one
        sign, other = (1 if self.take() == "+" else -1), self.operand()
        return lambda bound: added(_there(one(bound)), _there(other(bound)), sign)

    def _default(self) -> Operand:
        self.expect("(")
        path = self.path()
        self.expect(",")
        otherwise = self.operand()
        self.expect(")")
        return lambda bound: otherwise(bound) if (there := found(bound, path)) is None else there


def found(bound: Bound, path: Path) -> Value | None:
    """What the item has at the path."""
    value: Value | None = {"M": bound.item}
    for part in path:
        value = value["M"].get(named(bound, part)) if value is not None and "M" in value else None
    return value


def named(bound: Bound, part: str) -> str:
    return bound.names[part] if part[0] == "#" else part


def _there(value: Value | None) -> Value:
    if value is None:
        raise invalid("an operand does not exist")
    return value
