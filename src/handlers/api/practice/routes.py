"""Adaptive practice: sessions of one student, and what the student has learnt."""

import os
import random
import time
from functools import cache

from msgspec import Struct

from adapters import dynamo, media, settings
from adapters.correlation import about
from adapters.gateway.routing import Answer, Request, Routes
from adapters.media import MediaStore
from adapters.practice.lists import Lists
from adapters.practice.progress import ProgressRows
from adapters.practice.questions import PracticeQuestions
from adapters.practice.sessions import Sessions
from adapters.quizzes import Quizzes
from adapters.samples import Samples
from handlers.api.practice.answering import Answering
from handlers.api.practice.asking import Asking
from handlers.api.practice.creating import Creating
from handlers.api.practice.viewing import Viewing
from quiz.errors import BrokenQuiz, Conflict, Forbidden, NotFound, OutdatedSession, UnknownQuiz
from quiz.practice.progress import Progress
from quiz.practice.sessions import CreateSession
from quiz.practice.wire import (
    SessionAnswer,
    SessionCreated,
    SessionQuestion,
    SessionReply,
    SessionState,
    created,
)

routes = Routes("adaptive")


class Settings(Struct, frozen=True):
    """Environment variables of these routes."""

    sessions_table: str
    progress_table: str
    questions_table: str
    quizzes_table: str
    media_bucket: str


class Practice(Struct, frozen=True):
    """What the routes work with."""

    answering: Answering
    creating: Creating
    viewing: Viewing
    sessions: Sessions
    progress: ProgressRows


@cache
def bootstrap() -> Practice:
    """Everything that lives as long as the environment does."""
    configured = settings.read(Settings, os.environ)
    client = dynamo.client()
    sessions = Sessions(client, configured.sessions_table, configured.progress_table)
    lists = Lists(client, configured.sessions_table)
    progress = ProgressRows(client, configured.progress_table)
    questions = PracticeQuestions(client, configured.questions_table)
    asking = Asking(lists, questions, MediaStore(media.client, configured.media_bucket).read_url)
    quizzes = Quizzes(client, configured.quizzes_table, configured.questions_table)
    samples = Samples(client, configured.questions_table, random.SystemRandom())
    viewing = Viewing(asking, sessions, now)
    return Practice(
        answering=Answering(asking, lists, sessions, viewing, now),
        creating=Creating(asking, lists, progress, quizzes, samples, sessions, now),
        viewing=viewing,
        sessions=sessions,
        progress=progress,
    )


def now() -> int:
    """The server's clock, which is the only one that counts."""
    return int(time.time())


@routes(
    "POST",
    "/sessions",
    "Begin to practise",
    takes=CreateSession,
    gives=SessionCreated,
    status=201,
    errors=(NotFound, UnknownQuiz, BrokenQuiz),
)
def create_session(request: Request[CreateSession]) -> Answer:
    """All questions of a quiz, or of a category at one difficulty. `spaced` leaves out what is still remembered."""
    session = bootstrap().creating.create(request.body, request.caller.user_id)
    about(session_id=session.session_id)
    return Answer(created(session), 201, {"Location": f"/sessions/{session.session_id}"})


@routes("GET", "/sessions/{session_id}", "Read a session", gives=SessionState)
def read_session(request: Request[None]) -> SessionState:
    """Everything that is needed to go on after a drop, also on another device."""
    viewing = bootstrap().viewing
    return viewing.state(viewing.read(request.path["session_id"], request.caller.user_id))


@routes("DELETE", "/sessions/{session_id}", "End a session", status=204)
def delete_session(request: Request[None]) -> None:
    """Progress stays."""
    bootstrap().sessions.delete(request.path["session_id"], request.caller.user_id)


@routes("GET", "/sessions/{session_id}/question", "Read the question on show", gives=SessionQuestion)
def read_session_question(request: Request[None]) -> SessionQuestion:
    """Without its key. Reading changes nothing: it is the same question until it is answered right."""
    viewing = bootstrap().viewing
    return viewing.question(viewing.read(request.path["session_id"], request.caller.user_id))


@routes(
    "POST",
    "/sessions/{session_id}/answer",
    "Answer the question on show",
    takes=SessionAnswer,
    gives=SessionReply,
    errors=(Conflict, OutdatedSession),
)
def answer_session(request: Request[SessionAnswer]) -> SessionReply:
    """With the version that was read. The same answer may be sent again: it counts once, and the reply is the same."""
    return bootstrap().answering.answer(request.body, request.path["session_id"], request.caller.user_id)


@routes("GET", "/users/{user_id}/progress", "Read what a student has learnt", gives=Progress, errors=(Forbidden,))
def read_progress(request: Request[None]) -> Progress:
    """For the student, and for instructors. All zeros for who has never practised."""
    user_id = request.path["user_id"]
    if user_id != request.caller.user_id:
        request.caller.require_instructor()
    return bootstrap().progress.of(user_id, now())
