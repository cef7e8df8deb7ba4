"""Lists that are read page by page."""

from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, Generic, TypeVar

from msgspec import Meta, Struct

from adapters.observability import logger
from quiz.errors import BrokenQuiz

Thing = TypeVar("Thing")


class Place(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where a page ended: after which item of which bucket. Clients carry it to the next page, so it is not trusted."""

    bucket: str = ""
    after: Annotated[str, Meta(max_length=128)] = ""
    sample_key: Annotated[int, Meta(ge=0, lt=2**53)] = 0


class Page(Struct, Generic[Thing], frozen=True):
    """A part of a list, and where the rest begins; None after the last."""

    things: tuple[Thing, ...]
    rest: Place | None


def readable(items: Iterable[Mapping[str, Any]], read: Callable[[Mapping[str, Any]], Thing]) -> tuple[Thing, ...]:
    """What can be read of the items: one that cannot does not hide the rest."""
    things = []
    for item in items:
        try:
            things.append(read(item))
        except BrokenQuiz as error:
            logger().warning("left out of a list", reason=str(error), item=next(iter(item.values())))
    return tuple(things)
