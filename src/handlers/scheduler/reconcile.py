"""Draws samples of what is stored, every hour, and looks whether something was lost or counted twice."""

import os
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache, partial
from typing import Annotated, Any

from msgspec import Meta, Struct

from adapters import dynamo, settings
from adapters.clients import time_for_a_call
from adapters.definitions import Definitions
from adapters.live.times import now_ms
from adapters.observability import instrumented, logger, measure
from adapters.operations import inspection
from adapters.operations.announced import Announced
from adapters.operations.announcements import Announcements
from adapters.operations.inspection import Inspector
from adapters.operations.rows import Rows
from adapters.operations.sampling import Item, Sampling
from handlers.scheduler.reconciling.announcements import Result, Unannounced, quizzes, submissions
from handlers.scheduler.reconciling.boards import Boards
from handlers.scheduler.reconciling.parts import Parts
from handlers.scheduler.reconciling.scores import Kind, Scores, player_rule, sitting_rule, submission_rule


class Settings(Struct, frozen=True):
    """Environment variables of the function."""

    announcements_table: str
    leaderboard_function: str
    participants_table: str
    questions_table: str
    quizzes_table: str
    results_table: str
    submissions_table: str
    sample_size: Annotated[int, Meta(ge=1, le=10_000)] = 1_000


class Reconciliation(Struct, frozen=True):
    """What is compared, by the short names of the tables, and with what."""

    kinds: Mapping[str, Kind]
    sampling: Sampling
    scores: Scores
    boards: Boards
    unannounced: Unannounced

    def run(self, parts: Parts, in_time: Callable[[], bool]) -> None:
        """Compare new samples, and tell of each metric whose part could be run, also that nothing is wrong."""
        samples = dict(self._samples(parts, in_time))
        drifted = list(self._drifted(parts, samples))
        if drifted:
            measure("ScoreDrift", "Count", sum(drifted))
        wrong = parts.run("boards", lambda: self.boards.drifted(samples.get("participants", ()), in_time))
        if wrong is not None:
            measure("LeaderboardDrift", "Count", wrong)
        missing = parts.run("announcements", lambda: self.unannounced.number(_results(samples)))
        if missing is not None:
            measure("UnannouncedResults", "Count", missing)
        looked_at = {name: len(sample) for name, sample in samples.items()}
        measure("ResultsReconciled", "Count", sum(looked_at.values()))
        logger().info("reconciled", extra=looked_at)

    def _samples(self, parts: Parts, in_time: Callable[[], bool]) -> Iterator[tuple[str, Sequence[Item]]]:
        for name, kind in self.kinds.items():
            sample = parts.run(f"sample of {name}", partial(self.sampling.draw, kind.table, in_time))
            if sample is not None:
                yield name, sample

    def _drifted(self, parts: Parts, samples: Mapping[str, Sequence[Item]]) -> Iterator[int]:
        for name, sample in samples.items():
            number = parts.run(f"scores of {name}", partial(self.scores.drifted, self.kinds[name], sample))
            if number is not None:
                yield number


@cache
def bootstrap() -> Reconciliation:
    """Everything that lives as long as the environment does."""
    configured = settings.read(Settings, os.environ)
    client = dynamo.client()
    rows = Rows(client)
    players, submissions_key = configured.participants_table, ("student_id", "submission_id")
    definitions = partial(Definitions, client, configured.quizzes_table, configured.questions_table)
    inspector = Inspector(inspection.client, configured.leaderboard_function)
    return Reconciliation(
        kinds={
            # Quizzes are read anew by every run, and once more for what it calls wrong.
            "submissions": Kind(configured.submissions_table, submissions_key, lambda: submission_rule(definitions())),
            "results": Kind(configured.results_table, ("quiz_id",), sitting_rule),
            "participants": Kind(players, ("game_id", "participant_id"), player_rule),
        },
        sampling=Sampling(client, configured.sample_size, random.SystemRandom()),
        scores=Scores(rows),
        boards=Boards(rows, players, inspector, time.sleep, now_ms),
        unannounced=Unannounced(
            announced=Announced(rows, configured.announcements_table),
            announcements=Announcements(client, configured.announcements_table),
            now=lambda: datetime.now(UTC),
        ),
    )


@instrumented
def handler(event: dict[str, Any], context: Any) -> None:
    """One run. A part that could not be run fails the invocation, after all others."""
    parts = Parts()
    bootstrap().run(parts, time_for_a_call(context))
    parts.require_all()


def _results(samples: Mapping[str, Sequence[Item]]) -> Iterator[Result]:
    yield from submissions(samples.get("submissions", ()))
    yield from quizzes(samples.get("results", ()))
