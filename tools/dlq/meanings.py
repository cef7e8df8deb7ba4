"""What each error code means, who acts on it, and how; by the classes of quiz.errors, so that none is forgotten."""

from collections.abc import Iterator

from msgspec import Struct, structs

from quiz import errors
from quiz.errors import Rejected
from tools.dlq.letters import NO_CODE, Kind


class Meaning(Struct, frozen=True):
    """What it means, who acts, and how."""

    meaning: str
    who: str
    action: str
    command: str = "redrive"


class Advice(Struct, frozen=True):
    """Who acts, and how, and what becomes of the letter in the end."""

    who: str
    action: str
    command: str = "redrive"


_SENDER = "LMS vendor"
_AUTHOR = "quiz author"
_US = "we"

_SENT_AGAIN = "The LMS corrects the submission and sends it again, under the same submission_id. Then purge this one."

# Of what a submission can be refused for.
ADVICE: dict[type[Rejected], Advice] = {
    errors.MalformedJson: Advice(_SENDER, _SENT_AGAIN, "purge"),
    errors.InvalidInput: Advice(_SENDER, f"{_SENT_AGAIN} One plain fault in many: redrive with --edit.", "purge"),
    errors.UnsupportedVersion: Advice(_SENDER, _SENT_AGAIN, "purge"),
    errors.TooLarge: Advice(_SENDER, _SENT_AGAIN, "purge"),
    errors.UnknownQuiz: Advice(
        _AUTHOR, "Add the quiz, then redrive. Is the id wrong: redrive with --edit quiz_id=ID, and tell the LMS vendor."
    ),
    errors.BrokenQuiz: Advice(_AUTHOR, "Repair the quiz or add what it lacks to the bank, then redrive."),
    errors.ConflictingSubmission: Advice(
        _US,
        "Compare it with what is stored, which counts. Is this the right one: redrive with --edit submission_id=NEW. "
        "Else purge it.",
        "purge",
    ),
}

# Of requests, not of messages: nothing that waits in a queue is refused for these.
ELSEWHERE: frozenset[type[Rejected]] = frozenset(
    {
        Rejected,
        errors.Conflict,
        errors.Forbidden,
        errors.InUse,
        errors.NotFound,
        errors.OutdatedSession,
        errors.StaleVersion,
        errors.TooLate,
        errors.Unauthenticated,
        errors.VersionMissing,
    }
)

_BY_KIND = {
    Kind.MESSAGE: Meaning(
        "Its function failed on it as often as the queue allows, or it stood behind one of the same group that did.",
        _US,
        "Find out why in the function's log, repair that, then redrive.",
    ),
    Kind.FAILED_CALL: Meaning(
        "A function was called with this and failed each time, or there was no room to run it in time.",
        _US,
        "Find out why in the function's log, repair that, then redrive: it is called with the same once more.",
    ),
    Kind.LOST_EVENT: Meaning(
        "EventBridge or Scheduler could not call the function: a permission, a role, throttling.",
        _US,
        "Restore what is missing (make plan shows it). Is the event still wanted: redrive. Else purge it.",
    ),
    Kind.NOTIFICATION: Meaning(
        "A topic could not hand this over to its function: a permission, throttling, the function is not there.",
        _US,
        "Restore what is missing (make plan shows it), then redrive: the function is called with it.",
    ),
    Kind.POSITION: Meaning(
        "A function gave up on a part of a table's stream. This tells where; the stream itself keeps it for 24 hours.",
        _US,
        "Find out why in the function's log, repair that, then redrive within the 24 hours: it is read and handed over "
        "once more.",
    ),
    Kind.UNKNOWN: Meaning(
        "Nobody of ours writes such a message.", _US, "Look at it, find out who sends it, then purge it.", "purge"
    ),
}


# What is over by the time that somebody looks.
OUTDATED = {
    "alerts": "Look at what is on now. Old alerts help nobody: purge them, once you know why they were not told.",
    "control": "Start the session by hand if it is wanted. A quiz that begins hours late surprises everybody: purge.",
    "inspections": "The next run looks at everything anyway: find out why, then purge.",
    "jobs": "What it tells of is over, and whoever joins again is told how things stand: find out why, then purge.",
}


def rejections(of: type[Rejected] = Rejected) -> Iterator[type[Rejected]]:
    """All ways in which something can be refused."""
    yield of
    for below in of.__subclasses__():
        yield from rejections(below)


def meaning(code: str, kind: Kind, box: str = "") -> Meaning:
    """What a letter of this code and kind means, and what to do about it in this box."""
    if kind is not Kind.MESSAGE or code == NO_CODE:
        what = _BY_KIND[kind]
        return structs.replace(what, action=OUTDATED[box], command="purge") if box in OUTDATED else what
    found = next((error for error in rejections() if error.code == code), None)
    if found is None:
        return Meaning("This checkout knows no such code.", _US, "Look with the release that is deployed.")
    advice = ADVICE.get(found, Advice(_US, "No message is refused for this: look at it, and at the function's log."))
    return Meaning((found.__doc__ or "").splitlines()[0], advice.who, advice.action, advice.command)
