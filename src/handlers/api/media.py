"""Uploads of pictures, sounds and films, for instructors. The files themselves never pass through here."""

import os
from functools import cache

from msgspec import Struct

from adapters import media, settings
from adapters.gateway.routing import Request, Routes
from adapters.media import MediaStore, Upload
from quiz.media import Media

routes = Routes("quizzes")


class Settings(Struct, frozen=True):
    """Environment variables of this route."""

    media_bucket: str


@cache
def bootstrap() -> MediaStore:
    """Everything that lives as long as the environment does."""
    return MediaStore(media.client, settings.read(Settings, os.environ).media_bucket)


@routes("POST", "/media", "Get a form to upload a file", takes=Media, gives=Upload, status=201, instructors=True)
def upload(request: Request[Media]) -> Upload:
    """S3 takes exactly one file of the type and size that were named, for a quarter of an hour."""
    return bootstrap().upload(request.body)
