"""JSON from outside into typed structs: one place that says what is wrong with it, and where."""

from decimal import Decimal
from typing import TypeVar

import msgspec

from quiz.errors import InvalidInput, MalformedJson, TooLarge
from quiz.numbers import sane_decimal

T = TypeVar("T")


def decoder(model: type[T]) -> "msgspec.json.Decoder[T]":
    """A decoder that keeps numbers exact; make it once, it is slow to make."""
    return msgspec.json.Decoder(model, float_hook=_decimal)


def decode(raw: bytes, model: "msgspec.json.Decoder[T]", most_bytes: int) -> T:
    """The struct in the text, or a Rejected that names the path of the fault."""
    if len(raw) > most_bytes:
        raise TooLarge(f"the body has {len(raw)} bytes; {most_bytes} are allowed")
    try:
        return model.decode(raw)
    except msgspec.ValidationError as error:
        raise InvalidInput(str(error)) from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise MalformedJson(str(error)) from error
    # Of bytes within a text msgspec tells by Python's own error.
    except UnicodeDecodeError as error:
        raise MalformedJson("the body is no UTF-8") from error


def utf8(body: str) -> bytes:
    """The text as bytes, or a Rejected where no UTF-8 can hold it."""
    try:
        return body.encode()
    except UnicodeEncodeError as error:
        raise MalformedJson("the body holds a lone surrogate, which no UTF-8 text can") from error


def _decimal(text: str) -> Decimal | str:
    """A JSON number with a point or exponent; an absurd one stays text, which no key accepts."""
    number = sane_decimal(text)
    return text if number is None else number
