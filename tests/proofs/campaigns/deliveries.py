"""Submissions to worker processes that are really killed: each is stored once or set aside, and nothing else."""

from typing import NamedTuple

from tests.proofs.campaigns.delivering.playing import play
from tests.proofs.campaigns.delivering.table import COLUMNS, rows
from tests.proofs.campaigns.delivering.traffic import SCHOOL_DAYS
from tools.report import Section


class Size(NamedTuple):
    """How much is sent, by how many, to how many workers at a time."""

    submissions: int
    students: int
    workers: int


SHORT = Size(3_000, 300, 6)
FULL = Size(100_000, 10_000, 10)

_ABOUT = """
{size.students:,} students hand in {size.submissions:,} submissions over {days} school days, and the LMS sends many
again: at once, in another spelling, in another message group, days later. The handler is the one that is shipped, with
botocore, its timeouts and its retries as they are, in {size.workers} worker processes at a time. Models of SQS FIFO and
DynamoDB at the other end of a loopback socket stand in for AWS; the queue's clock is virtual, so that days pass in
minutes. That end sees each call, and by the seed it ends the worker with SIGKILL before or after the call, throttles
it, lets it time out, cuts the connection, or fails after it took effect. A dead worker's batch comes back after the
visibility timeout, to another process, as with Lambda. At rest, the table and the dead-letter queue are compared with
what was sent; then all that was set aside is moved back in peace, and only poison and conflicts may be left. What is
sent, and what happens to the calls made for each message, follow from the seed; which worker is first does not.
"""


def run(size: Size, seed: int, sabotage: str = "") -> Section:
    """Play it. `sabotage` names a wrong version of the function, which has to be noticed."""
    played = play(size.submissions, size.students, size.workers, seed, sabotage)
    about = " ".join(_ABOUT.format(size=size, days=SCHOOL_DAYS).split())
    return Section("Deliveries to workers that are killed", about, COLUMNS, rows(played, seed))
