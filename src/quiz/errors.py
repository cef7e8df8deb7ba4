"""What can go wrong, as one tree.

QuizError
├── Rejected               it can never succeed as it was sent
│   ├── MalformedJson
│   ├── InvalidInput
│   ├── UnsupportedVersion
│   ├── TooLarge
│   ├── Unauthenticated
│   ├── Forbidden
│   ├── NotFound
│   │   └── UnknownQuiz
│   ├── BrokenQuiz
│   ├── Conflict
│   │   ├── ConflictingSubmission
│   │   ├── InUse
│   │   ├── OutdatedSession
│   │   └── TooLate
│   ├── StaleVersion
│   └── VersionMissing
└── Unavailable            the same input may succeed later
"""

from typing import Any, ClassVar


class QuizError(Exception):
    """The root: `code` is for machines, the message is for the person who sent the input."""

    code: ClassVar[str] = "internal_error"


class Rejected(QuizError):
    """The input can never succeed as it stands; trying again is useless."""

    code = "rejected"


class MalformedJson(Rejected):
    """The text is not JSON, or nests deeper than any honest client does."""

    code = "malformed_json"


class InvalidInput(Rejected):
    """JSON of the wrong shape; the message names the path of the fault."""

    code = "invalid_input"


class UnsupportedVersion(Rejected):
    """A contract version that this release does not speak."""

    code = "unsupported_version"


class TooLarge(Rejected):
    """More bytes than the contract allows."""

    code = "too_large"


class Unauthenticated(Rejected):
    """Nobody is known to have asked."""

    code = "unauthenticated"


class Forbidden(Rejected):
    """Whoever asked may not do this."""

    code = "forbidden"


class NotFound(Rejected):
    """Nothing has this id, or nothing that the caller may see."""

    code = "not_found"


class UnknownQuiz(NotFound):
    """No quiz has this id."""

    code = "unknown_quiz"


class BrokenQuiz(Rejected):
    """The quiz names questions that the bank does not hold, or holds in a form that cannot be read."""

    code = "broken_quiz"


class Conflict(Rejected):
    """It contradicts what is stored."""

    code = "conflict"


class ConflictingSubmission(Conflict):
    """Other answers are already stored under the same id."""

    code = "conflicting_submission"


class InUse(Conflict):
    """Something else needs it; the message names what."""

    code = "in_use"


class OutdatedSession(Conflict):
    """The session has moved on since the version that was sent; `current` is how it stands now."""

    code = "outdated_session"

    def __init__(self, message: str = "", current: Any = None) -> None:
        super().__init__(message)
        self.current = current


class TooLate(Conflict):
    """The time for it is over."""

    code = "too_late"


class StaleVersion(Rejected):
    """It was changed by somebody else since the caller read it."""

    code = "stale_version"


class VersionMissing(Rejected):
    """A change has to say which version it was made from."""

    code = "version_missing"


class Unavailable(QuizError):
    """A dependency is throttling, slow or down; nothing is wrong with the input."""

    code = "unavailable"
