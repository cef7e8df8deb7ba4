"""What one client knows of its game: messages go in, the newest state comes out. Nothing here waits or sends."""

from functools import singledispatch

from msgspec import Struct
from msgspec.structs import replace

from quiz.live.messages import (
    AnswerAccepted,
    Asked,
    Kicked,
    NewQuestion,
    QuestionClosed,
    QuestionClosing,
    QuizEnded,
    QuizJoined,
    QuizPaused,
    ServerMessage,
    You,
)
from quiz.live.standings import Row

# What is announced to everybody, each with the version of the game that it tells of.
Announcement = NewQuestion | QuestionClosing | QuestionClosed | QuizPaused | QuizEnded


class View(Struct, frozen=True, kw_only=True):
    """The game as of `version`; there is something newer, which joining again brings, if `missed` is greater."""

    game_id: str = ""
    phase: str = "lobby"
    version: int = 0
    index: int = -1
    total: int = 0
    paused: bool = False
    question: Asked | None = None
    opens_at: str | None = None
    closes_at: str | None = None
    answered: bool = False
    score: int = 0
    rank: int | None = None
    leaderboard: tuple[Row, ...] = ()
    kicked: bool = False
    missed: int = 0
    # What was announced before the answer to joining came, which may be of an older state.
    early: tuple[Announcement, ...] = ()

    @property
    def is_stale(self) -> bool:
        """Whether something was missed."""
        return self.missed > self.version

    @property
    def is_over(self) -> bool:
        """Whether nothing more can come."""
        return self.kicked or self.phase == "ended"


def after(view: View, message: ServerMessage) -> View:
    """The view once the message has come; the same one if it tells nothing new."""
    if isinstance(message, QuizJoined):
        return _joined(view, message)
    if not view.game_id and isinstance(message, Announcement):
        return replace(view, early=(*view.early, message))
    if getattr(message, "game_id", None) != view.game_id:
        return view
    if isinstance(message, Announcement):
        if message.version <= view.version:
            return view
        # These two tell only what has changed, so they are of no use to who missed what was before them.
        if isinstance(message, QuestionClosing | QuizPaused) and message.version > view.version + 1:
            return replace(view, missed=max(view.missed, message.version))
        view = replace(view, version=message.version)
    return _told(message, view)


def _joined(view: View, message: QuizJoined) -> View:
    if message.game_id == view.game_id and message.version < view.version:
        return view
    known = view if message.game_id == view.game_id else View()
    joined = replace(
        known,
        game_id=message.game_id,
        phase=message.phase,
        version=message.version,
        index=message.index,
        total=message.total,
        paused=message.paused,
        question=message.question,
        opens_at=message.opens_at,
        closes_at=message.closes_at,
        answered=bool(message.answered),
        score=message.score or 0,
    )
    for announcement in sorted(view.early, key=lambda one: one.version):
        joined = after(joined, announcement)
    return joined


@singledispatch
def _told(message: ServerMessage, view: View) -> View:
    return view


@_told.register
def _(message: NewQuestion, view: View) -> View:
    return replace(
        view,
        phase="open",
        index=message.index,
        total=message.total,
        question=message.question,
        opens_at=message.opens_at,
        closes_at=message.closes_at,
        answered=False,
    )


@_told.register
def _(message: QuestionClosing, view: View) -> View:
    return replace(view, closes_at=message.closes_at)


@_told.register
def _(message: QuestionClosed, view: View) -> View:
    closed = replace(view, phase="closed", index=message.index, total=message.total, question=None)
    return _standing(replace(closed, leaderboard=message.leaderboard), message.you)


@_told.register
def _(message: QuizPaused, view: View) -> View:
    return replace(view, paused=message.paused)


@_told.register
def _(message: QuizEnded, view: View) -> View:
    ended = replace(view, phase="ended", question=None, leaderboard=message.leaderboard, paused=False)
    return _standing(ended, message.you)


@_told.register
def _(message: AnswerAccepted, view: View) -> View:
    if view.question is None or view.question.id != message.question_id:
        return view
    score = view.score if message.total_score is None else message.total_score
    return replace(view, answered=True, score=score)


@_told.register
def _(message: Kicked, view: View) -> View:
    return replace(view, kicked=True)


def _standing(view: View, you: You | None) -> View:
    return view if you is None else replace(view, score=you.score, rank=you.rank)
