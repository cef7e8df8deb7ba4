"""The bucket of results, for whoever reads them without asking the API."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from adapters import clients
from adapters.failures import as_unavailable
from quiz.results import export_key, exported
from quiz.sittings import Sitting

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_encoder = msgspec.json.Encoder(decimal_format="number")


def client() -> "S3Client":
    """The one S3 client of this environment."""
    made: S3Client = clients.make("s3")
    return made


class Exports:
    """One object for each result."""

    def __init__(self, client: "Callable[[], S3Client]", bucket: str) -> None:
        # Called, not given: an environment that follows other tables needs no S3 client.
        self._client = client
        self._bucket = bucket

    def put(self, sitting: Sitting) -> None:
        """Write the result. The same result is the same bytes under the same name, so writing it again is harmless."""
        body = _encoder.encode(exported(sitting, self._bucket))
        with as_unavailable():
            self._client().put_object(
                Bucket=self._bucket, Key=export_key(sitting.quiz_id), Body=body, ContentType="application/json"
            )
