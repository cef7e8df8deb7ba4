"""Look at everything at once."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from tools.deployed import Deployed, told
from tools.doctor import alarms, cache, entrance, functions, logs, queues, schedules, tables
from tools.doctor.clinic import Clinic, clinic, side_by_side
from tools.doctor.report import Area, Problem, Report, Urgency

# In the order of the page.
AREAS: tuple[tuple[str, Callable[[Clinic], Area]], ...] = (
    ("api", entrance.api),
    ("functions", functions.functions),
    ("mappings", functions.mappings),
    ("queues", queues.queues),
    ("dead letters", queues.dead_letters),
    ("tables", tables.tables),
    ("cache", cache.cache),
    ("schedules", schedules.schedules),
    ("alarms", alarms.alarms),
    ("alerts", alarms.hearers),
    ("errors", logs.errors),
    ("health check", logs.health),
)
# Each check has less for its own calls, so that what does not answer is named.
_SECONDS = 15


def examine(deployed: Deployed) -> Report:
    """The whole page, in less than twenty seconds whatever happens; who may not enter learns that and nothing else."""
    begun, patient = time.monotonic(), clinic(deployed)
    entered = entrance.credentials(patient)
    areas = (entered,) if entered.problems else (entered, *_areas(patient))
    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return Report(deployed.name, now, round(time.monotonic() - begun, 1), areas)


def _areas(patient: Clinic) -> list[Area]:
    answers = side_by_side(lambda area: area[1](patient), AREAS, _SECONDS)
    return [
        answer if isinstance(answer, Area) else _unknown(name, answer)
        for (name, _), answer in zip(AREAS, answers, strict=True)
    ]


def _unknown(name: str, error: BaseException) -> Area:
    reason = told(error) if str(error) else type(error).__name__
    return Area(name, "nothing is known", (Problem(Urgency.NO_ANSWER, f"{name} could not be looked at: {reason}"),))
