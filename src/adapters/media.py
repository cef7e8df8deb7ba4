"""The media bucket: links to upload one file and to read one. Links are signed here; no call is made for them."""

import os
import secrets
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from botocore.config import Config
from msgspec import Struct

from adapters import clients
from quiz.media import Media, key_of

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

SECONDS_TO_UPLOAD = 15 * 60
SECONDS_TO_READ = 15 * 60


class Upload(Struct, frozen=True):
    """Post a form of these fields and then the file to the URL; put the key into a question."""

    key: str
    url: str
    fields: dict[str, str]
    expires_in: int


@cache
def client() -> "S3Client":
    """The one S3 client of this environment."""
    # Regional host names on AWS: the global one redirects, which a form does not survive. An emulator knows no hosts.
    emulated = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    config = Config(signature_version="s3v4", s3={"addressing_style": "path" if emulated else "virtual"})
    made: S3Client = clients.make("s3", config)
    return made


class MediaStore:
    """Where the files of questions lie."""

    def __init__(self, client: "Callable[[], S3Client]", bucket: str) -> None:
        # Called, not given: most environments sign nothing, and an S3 client is slow to make.
        self._client = client
        self._bucket = bucket

    def upload(self, media: Media) -> Upload:
        """A form for exactly this type and size: S3 refuses everything else, which it cannot do for a PUT."""
        key = key_of(media, secrets.token_hex(16))
        typed = {"Content-Type": media.content_type}
        form = self._client().generate_presigned_post(
            Bucket=self._bucket,
            Key=key,
            Fields=dict(typed),
            Conditions=[typed, ["content-length-range", media.size, media.size]],
            ExpiresIn=SECONDS_TO_UPLOAD,
        )
        return Upload(key, form["url"], form["fields"], SECONDS_TO_UPLOAD)

    def read_url(self, key: str) -> str:
        """A link to the file that works for a quarter of an hour."""
        return self._client().generate_presigned_url(
            "get_object", Params={"Bucket": self._bucket, "Key": key}, ExpiresIn=SECONDS_TO_READ
        )
