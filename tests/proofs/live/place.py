"""Where a world's functions keep things: its own tables and buckets in the proofs' emulator, and the proofs' Redis."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from typing import Any

from adapters import clients
from quiz.live.settings import LiveSettings
from quiz.questions import Definition, Quiz
from tests.proofs.live.functions import installed
from tests.proofs.live.servers import Redis
from tests.proofs.live.stream import Stream
from tests.proofs.live.world import Trouble, World
from tests.unit.builders import stored
from tests.unit.live.support import choice
from tests.unit.live.tables import TABLES, create
from tools.stack import emulator


@dataclass(frozen=True)
class Place:
    """The servers, and what this world's tables and buckets begin with."""

    url: str
    redis: Redis
    prefix: str

    @property
    def bucket(self) -> str:
        return f"{self.prefix}results"

    def variables(self) -> dict[str, str]:
        """The functions' environment."""
        return {
            **emulator.credentials(self.url),
            "AWS_DEFAULT_REGION": emulator.REGION,
            "AWS_EC2_METADATA_DISABLED": "true",
            **{f"{name.upper()}_TABLE": f"{self.prefix}{name}" for name in TABLES},
            "EVENT_BUS_NAME": f"{self.prefix}bus",
            "JOBS_QUEUE_URL": "jobs",
            "MEDIA_BUCKET": f"{self.prefix}media",
            "REDIS_HOST": "127.0.0.1",
            "REDIS_PORT": str(self.redis.port),
            "RESULTS_BUCKET": self.bucket,
            "TRIGGERS_QUEUE_URL": "triggers",
            "WEBSOCKET_API_ID": "api",
            "WEBSOCKET_STAGE": "live",
            "WINNERS_TOPIC_ARN": f"arn:aws:sns:{emulator.REGION}:000000000000:{self.prefix}winners",
        }

    def furnish(self) -> None:
        """Make everything that Terraform would."""
        database = clients.make("dynamodb")
        for name in TABLES:
            create(database, name, self.prefix)
        clients.make("s3").create_bucket(Bucket=self.bucket)
        clients.make("sns").create_topic(Name=f"{self.prefix}winners")
        clients.make("events").create_event_bus(Name=f"{self.prefix}bus")

    def stream(self, chance: Random) -> Stream:
        """The stream of its participants, from the beginning."""
        told = clients.make("dynamodb").describe_table(TableName=f"{self.prefix}participants")
        return Stream(clients.make("dynamodbstreams"), told["Table"]["LatestStreamArn"], chance)

    def publish(self, quiz_id: str, questions: int, settings: LiveSettings) -> Definition:
        """Put a quiz into the bank."""
        database = clients.make("dynamodb")
        asked = tuple(choice(number) for number in range(1, questions + 1))
        quiz = Quiz(quiz_id=quiz_id, question_ids=tuple(one.question_id for one in asked), live=settings)
        database.put_item(TableName=f"{self.prefix}quizzes", Item=stored(quiz))
        for one in asked:
            database.put_item(TableName=f"{self.prefix}questions", Item=stored(one))
        return Definition(quiz, asked)

    def results(self, game_id: str, file: str) -> bytes:
        """A file of the export."""
        answer: Any = clients.make("s3").get_object(Bucket=self.bucket, Key=f"live-results/{game_id}/{file}")
        body: bytes = answer["Body"].read()
        return body


@contextmanager
def world_in(
    servers: tuple[str, Redis], seed: int, trouble: Trouble | None = None, **size: int
) -> Iterator[tuple[World, Place]]:
    """A new world, whose functions are the ones that handlers find themselves in."""
    place = Place(*servers, f"w{uuid.uuid4().hex[:12]}-")
    world = World(seed, trouble or Trouble(0, 0), **size)
    try:
        with installed(world.time, world.sqs, world.wire, world.calls, place.variables()):
            place.furnish()
            world.stream = place.stream(world.chance)
            yield world, place
    finally:
        world.close()
