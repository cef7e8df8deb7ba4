"""Whether the cache answers: only the function beside it can tell."""

from adapters.operations.inspection import Inspector
from quiz.errors import Unavailable
from quiz.operations.inspection import Inspection
from tools.doctor.clinic import Clinic
from tools.doctor.report import Area, Problem, Urgency, runbook


def cache(clinic: Clinic) -> Area:
    """Ask that function."""
    name = f"{clinic.functions['leaderboard']}:live"
    page = runbook("leaderboard-fallback")
    look = f"aws logs tail /aws/lambda/{clinic.functions['leaderboard']} --since 15m"
    try:
        found = Inspector(lambda: clinic.clients["lambda"], name).inspect(Inspection())
    except Unavailable as error:
        return Area("cache", "nothing is known", (Problem(Urgency.CACHE, f"the cache: {error}", look, page),))
    if not found.reachable:
        away = "the cache does not answer: boards are read from the table"
        return Area("cache", "away", (Problem(Urgency.CACHE, away, look, page),), {"reachable": False})
    facts = {"reachable": True, "milliseconds": found.milliseconds}
    summary = f"answers in {found.milliseconds:.1f} ms"
    if found.milliseconds <= clinic.thresholds().cache_milliseconds:
        return Area("cache", summary, facts=facts)
    slow = Problem(Urgency.CACHE, f"the cache takes {found.milliseconds:.0f} ms", look, runbook("cache-cpu"))
    return Area("cache", summary, (slow,), facts)
