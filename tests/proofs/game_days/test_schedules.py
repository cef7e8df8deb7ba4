"""What should have begun and did not."""

import json
import time

from tests.proofs.game_days import faults
from tests.proofs.game_days.conftest import Days
from tests.proofs.game_days.readings import reading
from tests.proofs.game_days.sources import Log
from tests.stack.support import Stack, new_id

# The emulator looks at its schedules every ten seconds.
_A_SWEEP = 11
_EVERY_MINUTE = {"ScheduleExpression": "rate(1 minutes)"}


def test_nobody_starts_the_health_check(days: Days, stack: Stack) -> None:
    with (
        faults.scheduled(stack, "health", State="ENABLED", **_EVERY_MINUTE),
        days("Nobody starts the health check", Log(stack, "health")) as day,
    ):
        day.ran_until_now(300, reading("QuizPlatform", "HealthChecked", 1, service=stack.known["functions"]["health"]))
        with faults.scheduled(stack, "health", State="DISABLED"):
            # It is due by now, and that it does not come is what is left out here.
            time.sleep(_A_SWEEP)
            day.goes_off("health-silent")
        day.shows("health-silent")
        day.is_over()


def test_scheduler_gives_up_on_a_quiz(days: Days) -> None:
    """By the definition alone: the emulator gives nothing up. So the number is made up, and all after it is real."""
    dropped = iter([[reading("AWS/Scheduler", "InvocationDroppedCount", 1, ScheduleGroup="quiz-local-sessions")]])
    with days("Scheduler gives up on a quiz", lambda: next(dropped, [])) as day:
        day.goes_off("schedules-dropped")
        day.is_over()


def test_an_event_asks_for_a_quiz_that_does_not_exist(days: Days, stack: Stack) -> None:
    with days("An event asks for a quiz that does not exist", Log(stack, "clock")) as day:
        _ask(stack, new_id("no-such-quiz"))
        day.shows("control-rejected")
        day.goes_off("control-rejected")
        day.is_over()


def test_the_clock_may_not_read_its_tables(days: Days, stack: Stack) -> None:
    log = Log(stack, "clock")
    with days("The clock may not read its tables", log) as day:
        with faults.denied(stack, "clock", "dynamodb:*"):
            day.every(60, lambda: log.follow(lambda: _ask(stack, new_id("no-such-quiz"))))
            day.goes_off("clock-failing")
            day.goes_off("clock-errors")
        day.is_over()


def _ask(stack: Stack, quiz_id: str) -> None:
    """As a person at the bus does."""
    detail = json.dumps({"quiz_id": quiz_id, "action": "start"})
    entry = {"Source": "quiz.platform", "DetailType": "Quiz Control", "Detail": detail}
    stack.client("events").put_events(Entries=[{**entry, "EventBusName": stack.known["event_bus_name"]}])
