"""Every route and action, and what each kind of caller gets. By hand: nothing here is read from the code it judges.

`{names}` stand for what the scene prepares. Statuses are those for the student whose things are asked for, another
student, and an instructor; who brings no good token gets the same 401 everywhere, but where a route is `PUBLIC`.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

CALLERS = (
    "no token",
    "garbage",
    "expired",
    "other pool",
    "wrong client",
    "student",
    "other student",
    "instructor",
)
STRANGERS = CALLERS[:5]
PUBLIC = "GET /health"
TURNED_AWAY = 401
# What API Gateway answers to a handshake that its authorizer denied.
NOT_LET_IN = "403"
VERSION = {"If-Match": '"1"'}


class Line(NamedTuple):
    """One request, as the three kinds of people make it."""

    route: str
    path: str
    statuses: tuple[int, int, int]
    body: Any = None
    headers: Mapping[str, str] = MappingProxyType({})
    says: str = ""

    @property
    def name(self) -> str:
        """What the table calls it."""
        return f"{self.route} {self.says}".strip()

    def expected(self, caller: str) -> int:
        """The status for a caller."""
        if caller in STRANGERS:
            return 200 if self.route == PUBLIC else TURNED_AWAY
        return self.statuses[CALLERS.index(caller) - len(STRANGERS)]


_ALL, _OF_INSTRUCTORS = (200, 200, 200), (403, 403, 200)
_OWN, _OWN_OR_INSTRUCTOR = (200, 404, 404), (200, 404, 200)
_QUESTION = {"text": "Is it?", "key": {"type": "true_false", "correct": True}, "category": "authorization"}
_QUIZ = {"question_ids": ["{question}"], "title": "Authorization"}
_GENERATE = {"quiz_type": "geography", "count": 2}
_ANSWER = {"question_id": "{practised}", "selected_answers": ["never"], "version": 1, "time_spent": 1}

ROUTES = (
    Line("GET /health", "/health", _ALL),
    Line("GET /questions", "/questions?limit=1", _OF_INSTRUCTORS),
    Line("POST /questions", "/questions", (403, 403, 201), {**_QUESTION, "question_id": "{new}"}),
    Line("GET /questions/{question_id}", "/questions/{question}", _OF_INSTRUCTORS),
    Line("PUT /questions/{question_id}", "/questions/{question}", _OF_INSTRUCTORS, _QUESTION, VERSION),
    Line("DELETE /questions/{question_id}", "/questions/{unused}", (403, 403, 204), None, VERSION),
    Line("GET /quizzes", "/quizzes?limit=1", _OF_INSTRUCTORS),
    Line("POST /quizzes", "/quizzes", (403, 403, 201), {**_QUIZ, "quiz_id": "{new}"}),
    Line("GET /quizzes/{quiz_id}", "/quizzes/{quiz}", _OF_INSTRUCTORS),
    Line("PUT /quizzes/{quiz_id}", "/quizzes/{quiz}", _OF_INSTRUCTORS, _QUIZ, VERSION),
    Line("DELETE /quizzes/{quiz_id}", "/quizzes/{unused}", (403, 403, 204), None, VERSION),
    Line("POST /media", "/media", (403, 403, 201), {"content_type": "image/png", "size": 10}),
    Line("POST /quiz/generate", "/quiz/generate", _ALL, _GENERATE),
    Line(
        "POST /quiz/generate",
        "/quiz/generate",
        (200, 403, 200),
        {**_GENERATE, "user_id": "{student}"},
        says="for another",
    ),
    Line("POST /quiz/submit", "/quiz/submit", _OWN, {"quiz_id": "{sitting}", "answers": [None, None]}),
    Line("GET /quiz/{quiz_id}/results", "/quiz/{submitted}/results", _OWN_OR_INSTRUCTOR),
    Line(
        "POST /answer",
        "/answer",
        # Only who has joined plays, whoever it is.
        (200, 404, 404),
        {"quiz_id": "{game}", "question_id": "{asked}", "answer": "a"},
    ),
    Line("POST /live/{quiz_id}", "/live/{quiz}", (403, 403, 202), {"action": "open"}),
    Line("GET /live/{quiz_id}", "/live/{game}", _ALL),
    Line("GET /live/{quiz_id}/games", "/live/{live_quiz}/games", _OF_INSTRUCTORS),
    Line("GET /live/{quiz_id}/results", "/live/{ended}/results", _OF_INSTRUCTORS),
    Line("POST /sessions", "/sessions", (201, 201, 201), {"category": "history", "difficulty": 3}),
    Line("GET /sessions/{session_id}", "/sessions/{session}", _OWN),
    Line("GET /sessions/{session_id}/question", "/sessions/{session}/question", _OWN),
    Line("POST /sessions/{session_id}/answer", "/sessions/{session}/answer", _OWN, _ANSWER),
    Line("DELETE /sessions/{session_id}", "/sessions/{old_session}", (204, 404, 404)),
    Line("GET /users/{user_id}/progress", "/users/{student}/progress", (200, 403, 200)),
    Line("GET /analytics/questions", "/analytics/questions?category=history", _OF_INSTRUCTORS),
    Line("GET /analytics/questions/{question_id}", "/analytics/questions/{practised}", _OF_INSTRUCTORS),
    Line("GET /leaderboard/{quiz_id}", "/leaderboard/{game}?around=me", _ALL),
    *(
        Line(f"{method} /intake/{{proxy+}}", "/intake/authorization", _ALL)
        for method in ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")
    ),
)


class Action(NamedTuple):
    """One message over a WebSocket, and what each of the three is answered: the type of a message, or an error."""

    action: str
    answers: tuple[str, str, str]
    fields: Mapping[str, Any] = MappingProxyType({})

    @property
    def name(self) -> str:
        """What the table calls it."""
        return f"WebSocket {self.action}"

    def expected(self, caller: str) -> str:
        """The answer to a caller; who brings no good token cannot even connect."""
        return NOT_LET_IN if caller in STRANGERS else self.answers[CALLERS.index(caller) - len(STRANGERS)]


_OF_HOSTS = ("forbidden", "forbidden", "game_state")
_OPEN = {"quiz_id": "{game}"}

# In this order they make sense to the same game.
ACTIONS = (
    Action("ping", ("pong", "pong", "pong")),
    Action(
        "join_quiz", ("quiz_joined", "quiz_joined", "quiz_joined"), {"quiz_id": "{lobby}", "user_info": {"name": "A"}}
    ),
    Action("answer", ("answer_accepted", "not_found", "not_found"), {**_OPEN, "question_id": "{asked}", "answer": "a"}),
    Action("leaderboard", ("leaderboard", "leaderboard", "leaderboard"), _OPEN),
    Action("pause_quiz", _OF_HOSTS, _OPEN),
    Action("resume_quiz", _OF_HOSTS, _OPEN),
    Action("kick", _OF_HOSTS, {**_OPEN, "participant_id": "{extra}"}),
    Action("next_question", _OF_HOSTS, _OPEN),
    Action("end_quiz", _OF_HOSTS, _OPEN),
    Action("start_quiz", _OF_HOSTS, {"quiz_id": "{lobby}"}),
)
