"""Lists that go on where a page ended. The token is opaque to clients, and checked when it comes back."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from adapters.pages import Place
from quiz.errors import InvalidInput


class Listing(Struct, frozen=True, forbid_unknown_fields=True):
    """Which part of a list is wanted."""

    limit: Annotated[int, Meta(ge=1, le=100, description="At most so many at once; a page may hold fewer.")] = 25
    next: Annotated[str, Meta(max_length=1000, description="`next` of the page before.")] = ""

    @property
    def place(self) -> Place | None:
        """Where the page begins; None for the beginning of the list."""
        if not self.next:
            return None
        try:
            # Lenient with padding, which some clients strip.
            return msgspec.json.decode(urlsafe_b64decode(self.next + "=="), type=Place)
        except (ValueError, msgspec.MsgspecError) as error:
            raise InvalidInput("no page has ended like this - at `$.next`") from error


def token(place: Place | None) -> str | None:
    """What a client sends as `next`; None where the list ends."""
    return None if place is None else urlsafe_b64encode(msgspec.json.encode(place)).rstrip(b"=").decode()
