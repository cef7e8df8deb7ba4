"""What is left of games: the list of a quiz's, and links to the results that were exported at the end of one."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec
from botocore.exceptions import ClientError
from msgspec import Struct

from adapters.failures import as_unavailable
from adapters.items import from_item, to_item
from adapters.observability import logger
from adapters.pages import Page, Place
from quiz.errors import Conflict, InvalidInput
from quiz.live.results import ResultFile, results_key

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client

SECONDS_TO_READ = 15 * 60

_INDEX = "by_quiz"


class Run(Struct, frozen=True):
    """A game as the index by quiz holds it; times are milliseconds since 1970."""

    game_id: str
    created_at: int
    phase: str
    title: str
    join_code: str
    index: int
    ended_at: int


class Runs:
    """The games of a quiz."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def page(self, quiz_id: str, place: Place | None, limit: int) -> Page[Run]:
        """The next games, the newest first."""
        if place is not None and place.bucket != quiz_id:
            raise InvalidInput("this token belongs to another list - at `$.next`")
        with as_unavailable():
            answer = self._client.query(
                TableName=self._table,
                IndexName=_INDEX,
                KeyConditionExpression="quiz_id = :quiz",
                ExpressionAttributeValues=to_item({":quiz": quiz_id}),
                ScanIndexForward=False,
                Limit=limit,
                **_start(place),
            )
        last = from_item(answer.get("LastEvaluatedKey", {}))
        things = tuple(msgspec.convert(from_item(item), Run) for item in answer["Items"])
        return Page(things, Place(quiz_id, last["game_id"], last["created_at"]) if last else None)


class Links(Struct, frozen=True):
    """Where the results of a game can be read for some seconds: everything, and two tables of it."""

    game_id: str
    expires_in: int
    results: str
    players: str
    questions: str


class Reports:
    """The exported results of games."""

    def __init__(self, client: "Callable[[], S3Client]", bucket: str) -> None:
        # Called, not given: most environments are never asked for results.
        self._client = client
        self._bucket = bucket

    def links(self, game_id: str) -> Links:
        """Links to all files of the game, which has ended; Conflict until they are there."""
        keys = {file: results_key(game_id, file) for file in ResultFile}
        *_, last = keys.values()
        if not self._is_there(last):
            raise Conflict("the results are not ready yet; try again in a moment")
        return Links(
            game_id=game_id,
            expires_in=SECONDS_TO_READ,
            results=self._link(keys[ResultFile.RESULTS]),
            players=self._link(keys[ResultFile.PLAYERS]),
            questions=self._link(keys[ResultFile.QUESTIONS]),
        )

    def _is_there(self, key: str) -> bool:
        try:
            with as_unavailable():
                self._client().head_object(Bucket=self._bucket, Key=key)
        except ClientError as error:
            code = error.response["Error"]["Code"]
            # To whoever may not list the bucket, S3 does not tell what it lacks from what it keeps closed.
            if code == "403":
                logger().warning("results are not there, or may not be read", key=key)
            if code not in ("403", "404"):
                raise
            return False
        return True

    def _link(self, key: str) -> str:
        return self._client().generate_presigned_url(
            "get_object", Params={"Bucket": self._bucket, "Key": key}, ExpiresIn=SECONDS_TO_READ
        )


def _start(place: Place | None) -> Any:
    if place is None:
        return {}
    last = {"quiz_id": place.bucket, "game_id": place.after, "created_at": place.sample_key}
    return {"ExclusiveStartKey": to_item(last)}
