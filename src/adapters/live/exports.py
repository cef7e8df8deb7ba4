"""The bucket of results: what is kept of a finished game, for its host."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from adapters.failures import as_unavailable
from quiz.live.results import ResultFile, results_key

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


class GameExports:
    """A few files for each game."""

    def __init__(self, client: "Callable[[], S3Client]", bucket: str) -> None:
        # Called, not given: most invocations end no game, and an S3 client is slow to make.
        self._client = client
        self._bucket = bucket

    def put(self, game_id: str, files: Mapping[ResultFile, bytes]) -> None:
        """Write them. The same game is the same bytes under the same names, so writing them again is harmless."""
        for file in ResultFile:
            with as_unavailable():
                self._client().put_object(
                    Bucket=self._bucket,
                    Key=results_key(game_id, file),
                    Body=files[file],
                    ContentType=file.content_type,
                )
