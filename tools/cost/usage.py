"""What each piece of work asks of AWS, as it was counted: usage.toml, written by `python -m tools.cost.measure`."""

from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

FILE = Path(__file__).parent / "usage.toml"
_HEADER = """\
# Counted by `python -m tools.cost.measure`, which runs the real handlers over tables in memory.
# Everything is for one `of`. A test counts again: who changes what the handlers ask of AWS has to write this anew.
# cpu_ms is the machine's that counted, and not compared.

"""


class Used(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What one piece of work asks for. `writes` are units by table and table/index; `payload` are billed requests."""

    of: str
    function: str
    invocations: float
    calls: dict[str, float]
    writes: dict[str, float]
    reads: dict[str, float]
    payload: dict[str, float]
    log_bytes: float
    response_bytes: float
    cpu_ms: float

    @property
    def write_units(self) -> float:
        """Of all tables and indexes."""
        return sum(self.writes.values())

    @property
    def read_units(self) -> float:
        """Of all reads."""
        return sum(self.reads.values())


class Shapes(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A live quiz of twenty questions, whoever plays: how often things happen, and how large they are in bytes."""

    questions: int
    messages: int
    seconds: float
    players_per_shard: int
    connection_row: int
    standing_row: int
    player_item: int
    job_bytes: int
    post_bytes: float
    lms_message: int
    ending_ms: float
    ending_bytes: int


class Usage(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that was counted."""

    shapes: Shapes
    work: dict[str, Used]


@cache
def usage() -> Usage:
    """What was kept."""
    return msgspec.toml.decode(FILE.read_bytes(), type=Usage)


def write(counted: Usage) -> None:
    """Keep it."""
    FILE.write_bytes(_HEADER.encode() + msgspec.toml.encode(counted))
