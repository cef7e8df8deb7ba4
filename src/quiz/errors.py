"""What can go wrong, as one tree.

QuizError
├── Rejected               it can never succeed as it was sent
│   ├── MalformedJson
│   ├── InvalidInput
│   ├── UnsupportedVersion
│   ├── TooLarge
│   ├── UnknownQuiz
│   ├── BrokenQuiz
│   └── ConflictingSubmission
└── Unavailable            the same input may succeed later
"""

from typing import ClassVar


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


class UnknownQuiz(Rejected):
    """No quiz has this id."""

    code = "unknown_quiz"


class BrokenQuiz(Rejected):
    """The quiz names questions that the bank does not hold, or holds in a form that cannot be read."""

    code = "broken_quiz"


class ConflictingSubmission(Rejected):
    """The submission id was already used with other answers."""

    code = "conflicting_submission"


class Unavailable(QuizError):
    """A dependency is throttling, slow or down; nothing is wrong with the input."""

    code = "unavailable"
