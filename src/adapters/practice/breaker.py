"""Stops asking what keeps failing, so that requests fail at once instead of after their timeouts.

Powertools' circuit breaker, with a state that each environment keeps for itself: a table to share it would be one more
call, and one more thing that fails. Its own base class of such stores brings boto3 along, so that this one only has the
same methods.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from adapters.observability import count, logger
from quiz.errors import Unavailable

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.circuit_breaker import CircuitInfo, CircuitTransition

Result = TypeVar("Result")

FAILURES = 5
RECOVERY_SECONDS = 10


def guarded(name: str, function: Callable[..., Result]) -> Callable[..., Result]:
    """The function, not called for some seconds after it was Unavailable several times in a row."""
    made: list[Callable[..., Result]] = []

    def run(*arguments: Any) -> Result:
        # Made by the first call: most cold starts practise nothing.
        if not made:
            made.append(_breaker(name, function))
        return made[0](*arguments)

    return run


def _breaker(name: str, function: Callable[..., Result]) -> Callable[..., Result]:
    from aws_lambda_powertools.utilities.circuit_breaker import CircuitBreakerConfig, circuit_breaker

    store: Any = _InMemory()
    config = CircuitBreakerConfig(
        failure_threshold=FAILURES,
        recovery_timeout=RECOVERY_SECONDS,
        success_threshold=1,
        handled_exceptions=Unavailable,
    )
    decorate = circuit_breaker(name, store, on_circuit_open=_refuse, on_transition=_tell, config=config)
    decorated: Callable[..., Result] = decorate(function)
    return decorated


class _InMemory:
    """The state of one circuit. Requests come one after the other, so whoever wants to probe may."""

    def __init__(self) -> None:
        self._state = _State("CLOSED")

    def configure(self, config: Any, circuit_name: str) -> None:
        """Nothing is kept by name."""

    def get_state(self, name: str) -> "_State":
        """The state now."""
        return self._state

    def save_open(self, name: str, failure_count: int, opened_at: int) -> None:
        """From now on nothing is asked."""
        self._state = _State("OPEN", failure_count, opened_at)

    def try_acquire_half_open(self, name: str, owner: str, opened_at: int) -> bool:
        """One question is asked again; until it is answered the circuit counts as open."""
        self._state = _State("HALF_OPEN", opened_at=opened_at, owner=owner)
        return True

    def save_closed(self, name: str) -> None:
        """All is well again."""
        self._state = _State("CLOSED")

    def save_reopen(self, name: str, opened_at: int) -> None:
        """It still fails."""
        self._state = _State("OPEN", opened_at=opened_at)


class _State:
    """What Powertools reads of a stored state."""

    # A probe that never ended, whoever began it, keeps nobody from the next one.
    probe_lease_expiry = 0

    def __init__(self, state: str, failures: int = 0, opened_at: int | None = None, owner: str | None = None) -> None:
        self.state = state
        self.opened_at = opened_at
        self.half_open_owner = owner
        self._failures = failures

    def to_circuit_info(self) -> "CircuitInfo":
        """What the callback is told."""
        from aws_lambda_powertools.utilities.circuit_breaker import CircuitInfo, CircuitState

        return CircuitInfo("", CircuitState(self.state), self._failures, self.opened_at)


def _refuse(*arguments: Any, circuit: "CircuitInfo") -> Any:
    raise Unavailable(f"not asked, since it has failed {FAILURES} times in a row")


def _tell(transition: "CircuitTransition") -> None:
    names = {"OPEN": "CircuitOpened", "CLOSED": "CircuitClosed"}
    logger().warning("a circuit changes", circuit=transition.circuit_name, state=str(transition.to_state))
    if name := names.get(str(transition.to_state)):
        count(name)
