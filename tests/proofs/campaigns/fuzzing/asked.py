"""One call of a function, as AWS would make it, and what is known beforehand of its outcome."""

from typing import Any, NamedTuple

from tests.proofs.campaigns.fuzzing.memory import Person


class Asked(NamedTuple):
    """`row` is the line of the table that it counts for; `good` names records of a batch that have to be done."""

    row: str
    function: str
    event: dict[str, Any]
    route: str = ""
    person: Person | None = None
    good: frozenset[str] = frozenset()
    expected: str = ""
