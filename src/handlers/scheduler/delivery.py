"""One job: its message to every connection that it concerns, each answer taken for what it is."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from msgspec import Struct, structs

from adapters.correlation import apart
from adapters.live.listeners import Connection, Listeners
from adapters.live.posting import Answer, Outcome, Posting
from adapters.live.queues import Jobs
from adapters.observability import count, logger, measure
from quiz.errors import Unavailable
from quiz.live.broadcasts import Job
from quiz.parsing import decode, decoder, utf8

# A queue's message holds no more.
_MOST_BYTES = 1024 * 1024
# After one, two, three and four seconds; a client that is deaf for longer asks for the state when it is back.
_MOST_ATTEMPTS = 5

_decoder = decoder(Job)


def read_job(body: str) -> Job:
    """The job in a message of the queue."""
    return decode(utf8(body), _decoder, _MOST_BYTES)


class Delivery(Struct, frozen=True):
    """What it takes to deliver a message."""

    listeners: Listeners
    posting: Posting
    jobs: Jobs
    pool: ThreadPoolExecutor
    now: Callable[[], int]

    def deliver(self, job: Job, in_time: Callable[[], bool]) -> None:
        """Post it; those who could not be reached for now get a job of their own."""
        if 0 < job.useless_after < self.now():
            logger().info("nobody needs the message any more", version=job.version)
            return
        reached = self._concerned(job)
        answers = list(self.pool.map(apart(partial(self._reach, job, in_time=in_time)), reached))
        self._report(job, answers)
        later = [one for one, answer in zip(reached, answers, strict=True) if answer.outcome is Outcome.LATER]
        if later:
            self._hand_on(job, later)

    def _concerned(self, job: Job) -> list[Connection]:
        listening = self.listeners.of_shard(job.game_id, job.shard)
        concerned = [one for one in listening if job.concerns(one.participant_id)]
        only = frozenset(job.only)
        return [one for one in concerned if one.connection_id in only] if only else concerned

    def _reach(self, job: Job, one: Connection, in_time: Callable[[], bool]) -> Answer:
        # What is begun too late is cut off with the whole batch.
        if not in_time():
            return Answer(Outcome.LATER)
        answer = self.posting.post(one.connection_id, job.text_for(one.participant_id))
        if job.kick and answer.outcome is Outcome.DONE:
            answer = self.posting.cut(one.connection_id)
        if answer.outcome is Outcome.GONE or (job.kick and answer.outcome is Outcome.DONE):
            self._forget(job, one)
        return answer

    def _forget(self, job: Job, one: Connection) -> None:
        try:
            self.listeners.remove(job.game_id, job.shard, one.connection_id)
        except Unavailable:
            # The next message finds it gone again, and in the end its row expires.
            logger().warning("a closed connection is still listed", connection_id=one.connection_id)

    def _report(self, job: Job, answers: Sequence[Answer]) -> None:
        outcomes = Counter(answer.outcome for answer in answers)
        count("MessagesPosted", outcomes[Outcome.DONE])
        count("ConnectionsGone", outcomes[Outcome.GONE])
        count("BroadcastFailed", outcomes[Outcome.FAILED])
        posted, later = outcomes[Outcome.DONE], outcomes[Outcome.LATER]
        logger().info("a message was posted", version=job.version, shard=job.shard, posted=posted, later=later)
        if outcomes[Outcome.DONE]:
            measure("BroadcastLatency", "Milliseconds", max(0, self.now() - job.made_at))
        if outcomes[Outcome.FAILED]:
            statuses = Counter(str(answer.status) for answer in answers if answer.outcome is Outcome.FAILED)
            logger().error("posts were refused", version=job.version, statuses=dict(statuses))

    def _hand_on(self, job: Job, later: Sequence[Connection]) -> None:
        if job.attempt >= _MOST_ATTEMPTS:
            logger().error("connections were given up", version=job.version, number=len(later))
            count("BroadcastDropped", len(later))
            return
        players = {one.participant_id for one in later}
        rest = structs.replace(
            job,
            only=tuple(one.connection_id for one in later),
            you={name: standing for name, standing in job.you.items() if name in players},
            attempt=job.attempt + 1,
        )
        self.jobs.send([rest], delay_seconds=job.attempt)
