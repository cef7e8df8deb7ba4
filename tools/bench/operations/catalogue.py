"""Every operation that is measured, with what is promised of it."""

from typing import NamedTuple


class Promise(NamedTuple):
    """Calls of AWS and commands of Redis at most, and CPU time at most as a part of the other implementation's.

    `sometimes` are calls that may be added now and then.
    """

    pillar: str
    aws: int | None = None
    redis: int = 0
    sometimes: int = 0
    ratio: float | None = None
    timed: bool = True


_QUICKER = 0.7
_HUNDRED = 100

CATALOGUE: dict[str, Promise] = {
    "generate a quiz": Promise("quizzes", aws=2),
    "generate, personalised": Promise("quizzes", aws=3),
    "submit": Promise("quizzes", aws=2, ratio=_QUICKER),
    "submit again": Promise("quizzes", aws=1),
    "read a result": Promise("quizzes", aws=1),
    "follow 10 results": Promise("quizzes", aws=12),
    "add a question": Promise("bank", aws=1),
    "read a question": Promise("bank", aws=1),
    "list questions": Promise("bank", aws=1),
    "change a question": Promise("bank", aws=1),
    "delete a question": Promise("bank", aws=1),
    "add a quiz": Promise("bank", aws=1),
    "read a quiz": Promise("bank", aws=1),
    "list quizzes": Promise("bank", aws=1),
    "change a quiz": Promise("bank", aws=2),
    "delete a quiz": Promise("bank", aws=2),
    "presign an upload": Promise("bank", aws=0),
    "ask for a game by an event": Promise("live", aws=3),
    "connect": Promise("live", aws=0),
    "join": Promise("live", aws=4),
    "disconnect": Promise("live", aws=2),
    "open a question": Promise("live", aws=7),
    "tell 100 players of a question": Promise("live", aws=_HUNDRED + 1),
    "answer over the socket": Promise("live", aws=1, ratio=_QUICKER),
    "answer over HTTP": Promise("live", aws=1, ratio=_QUICKER),
    "close a question": Promise("live", aws=6),
    "tell 100 players the answer and their rank": Promise("live", aws=_HUNDRED + 1),
    "project 100 changes of players": Promise("live", aws=0, redis=1),
    "leaderboard, best 10": Promise("live", aws=0, redis=1, ratio=_QUICKER),
    "leaderboard, around me": Promise("live", aws=0, redis=1),
    "leaderboard, Redis down": Promise("live", aws=2, timed=False),
    "end a game of 100 players": Promise("live", aws=13),
    "create a session": Promise("adaptive", aws=2),
    "restore a session": Promise("adaptive", aws=1),
    "read its question": Promise("adaptive", aws=1),
    # The questions that come next are read ahead, many at once.
    "answer in a session": Promise("adaptive", aws=2, sometimes=1),
    "read progress": Promise("adaptive", aws=2),
    "follow 10 answers": Promise("adaptive", aws=1),
    "list how hard questions are": Promise("adaptive", aws=2),
    "read how hard a question is": Promise("adaptive", aws=2),
    "record a request": Promise("intake", aws=1),
    "record the day": Promise("intake", aws=1),
    "score 10 submissions": Promise("submissions", aws=10, ratio=_QUICKER),
    "score 10 submissions again": Promise("submissions", aws=10),
    "follow 10 submissions": Promise("submissions", aws=2),
    "check everything's health": Promise("watching", timed=False),
    "tell of an alarm": Promise("watching", aws=6),
    "hear of an alarm again": Promise("watching", aws=1),
}

# What the other implementation does at once and this one in a function of its own, and how many of them together.
FOLLOWING: dict[str, tuple[str, int]] = {
    "submit": ("follow 10 results", 10),
    "answer over HTTP": ("project 100 changes of players", _HUNDRED),
    "score 10 submissions": ("follow 10 submissions", 1),
}
# The same thing comes by another way there.
SAME: dict[str, str] = {"answer over the socket": "answer over HTTP"}
