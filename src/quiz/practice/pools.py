"""The wrong-answer pool of a session, the oldest first: what has to be right twice more."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator

from msgspec import Struct

TRIES = 2

# Each entry is a number of three bytes, and four characters of text: two thousand for five hundred wrong answers.
_BYTES = 3
_CHARACTERS = 4


class Entry(Struct, frozen=True):
    """A question by its place in the session, and how often it still has to be right."""

    place: int
    tries: int


class Pool:
    """What is stored as a text of four characters for each entry."""

    def __init__(self, text: str = "") -> None:
        self._text = text

    def __len__(self) -> int:
        return len(self._text) // _CHARACTERS

    def __iter__(self) -> Iterator[Entry]:
        for start in range(0, len(self._text), _CHARACTERS):
            yield _read(self._text[start : start + _CHARACTERS])

    def __str__(self) -> str:
        return self._text

    def oldest(self, but: int | None = None) -> Entry | None:
        """The entry that has waited longest, passing over one question if there is another."""
        first = next(iter(self), None)
        if first is None or first.place != but:
            return first
        others = (entry for entry in self if entry.place != but)
        return next(others, first)

    def of(self, place: int) -> Entry | None:
        """The entry of a question."""
        at = self._find(place)
        return None if at is None else _read(self._text[at : at + _CHARACTERS])

    def without(self, place: int) -> "Pool":
        """Without the question."""
        at = self._find(place)
        return self if at is None else Pool(self._text[:at] + self._text[at + _CHARACTERS :])

    def with_last(self, entry: Entry) -> "Pool":
        """With the entry as the newest."""
        return Pool(str(self.without(entry.place)) + _write(entry))

    def replaced(self, entry: Entry) -> "Pool":
        """With another number of tries, at the same age."""
        at = self._find(entry.place)
        return self if at is None else Pool(self._text[:at] + _write(entry) + self._text[at + _CHARACTERS :])

    def _find(self, place: int) -> int | None:
        """Where the entry begins. Searching the text is much faster than reading it."""
        for tries in range(1, TRIES + 1):
            code, at = _write(Entry(place, tries)), -1
            while (at := self._text.find(code, at + 1)) >= 0:
                if at % _CHARACTERS == 0:
                    return at
        return None


def _write(entry: Entry) -> str:
    return urlsafe_b64encode((entry.place * 4 + entry.tries).to_bytes(_BYTES)).decode()


def _read(text: str) -> Entry:
    return Entry(*divmod(int.from_bytes(urlsafe_b64decode(text)), 4))
