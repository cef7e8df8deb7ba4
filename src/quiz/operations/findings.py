"""What the health check found, as it is published on the alerts topic."""

from typing import Literal

from msgspec import Struct


class Finding(Struct, frozen=True):
    """One check: a number against the threshold that it must not exceed. `value` is None where nothing answered."""

    check: str
    value: float | None
    threshold: float
    unit: str
    problem: str

    @property
    def failed(self) -> bool:
        """Whether somebody should know."""
        return self.value is None or self.value > self.threshold


class Health(Struct, frozen=True, tag_field="kind", tag="health"):
    """One run of the check: what failed, each with its number, and how much was looked at."""

    checked_at: str
    environment: str
    findings: tuple[Finding, ...]
    checks: int
    version: Literal[1] = 1
