"""JSON as the text of what is sent to queues, to topics and to the bus."""

from typing import Any

import msgspec

_encoder = msgspec.json.Encoder(decimal_format="number")


def text_of(message: Any) -> str:
    """The JSON, in which two code points that are no characters are spelled out: SQS would refuse all of the text."""
    return _encoder.encode(message).decode().replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")
