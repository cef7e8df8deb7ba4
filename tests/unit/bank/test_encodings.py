"""The encodings that teachers' programs write, told apart by their bytes."""

import codecs

import pytest

from tools.bank.encodings import decode
from tools.bank.results import Refusal

TEXT = "$CATEGORY: français\n\nWas heißt «привет» auf 日本語? {=こんにちは}\n"
WESTERN = "Où est passé «l'été» — à Nîmes ? {=Ça coûte 5 €}\n"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
    ],
)
@pytest.mark.parametrize("text", [TEXT, WESTERN, "plain\n", ""])
def test_every_spelling_of_unicode(mark: bytes, encoding: str, text: str) -> None:
    assert decode(mark + text.encode(encoding)) == text


def test_windows() -> None:
    assert decode(WESTERN.encode("cp1252")) == WESTERN


@pytest.mark.parametrize("data", [b"\x81\x8d", codecs.BOM_UTF16_LE + b"a", codecs.BOM_UTF8 + b"\xff"])
def test_bytes_that_are_no_text(data: bytes) -> None:
    with pytest.raises(Refusal, match="neither UTF-8 nor UTF-16 nor Windows-1252"):
        decode(data)


def test_a_zero_now_and_then_is_a_character() -> None:
    text = "x" * 100 + "\0" + "y" * 99
    assert decode(text.encode()) == text
