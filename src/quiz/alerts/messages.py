"""What people are told, as parts; renderings put them into the forms of mail and of chat."""

from msgspec import Struct


class Link(Struct, frozen=True):
    """Where more is to be seen."""

    label: str
    url: str


class Message(Struct, frozen=True):
    """A title that says it all, and whatever helps to act on it; a short message is a title alone."""

    title: str
    summary: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    heading: str = ""
    items: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
