"""Pictures, sounds and films of questions: which there may be, and what they are called."""

import re
from typing import Annotated, Literal

from msgspec import Meta, Struct

from quiz.errors import InvalidInput

# No SVG: it may hold scripts, which a browser runs.
ContentType = Literal[
    "image/png",
    "image/jpeg",
    "image/webp",
    "image/gif",
    "audio/mpeg",
    "audio/ogg",
    "video/mp4",
    "video/webm",
]

_EXTENSIONS: dict[ContentType, str] = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "image/gif": "gif",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "video/mp4": "mp4",
    "video/webm": "webm",
}

MOST_BYTES = 10 * 1024 * 1024

_KEY = re.compile(rf"media/[0-9a-f]{{32}}\.(?:{'|'.join(_EXTENSIONS.values())})")


class Media(Struct, frozen=True, forbid_unknown_fields=True):
    """A file that somebody wants to upload."""

    content_type: ContentType
    size: Annotated[int, Meta(ge=1, le=MOST_BYTES, description="Bytes, exactly.")]


def key_of(media: Media, random_id: str) -> str:
    """Where the file will lie; the id is 32 random hexadecimal digits, so that nobody guesses another's."""
    return f"media/{random_id}.{_EXTENSIONS[media.content_type]}"


def require_media_key(key: str | None) -> None:
    """Refuse a key that no upload was given: whoever sees the question is given a link to what it names."""
    if key is not None and not _KEY.fullmatch(key):
        raise InvalidInput("this is no key that POST /media answers - at `$.media_key`")
