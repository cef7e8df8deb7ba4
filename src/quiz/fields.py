"""The kinds of values that the bank's structs are made of, and the rule that they refuse by."""

from typing import Annotated

from msgspec import Meta

# What follows the last $ refuses a line break at the end, which Python's $ alone lets pass.
Id = Annotated[str, Meta(min_length=1, max_length=128, pattern=r"^[!-~]+$(?!\n)")]
Text = Annotated[str, Meta(min_length=1, max_length=20_000)]
OptionalText = Annotated[str, Meta(max_length=20_000)]

Category = Annotated[str, Meta(min_length=1, max_length=100, pattern=r"^[^#\x00-\x1f]+$(?!\n)")]
Difficulty = Annotated[int, Meta(ge=1, le=5)]
Tag = Annotated[str, Meta(min_length=1, max_length=100)]


def require(condition: bool, rule: str) -> None:
    """Refuse a struct; while decoding, msgspec turns this into a ValidationError with the path of the fault."""
    if not condition:
        raise ValueError(rule)
