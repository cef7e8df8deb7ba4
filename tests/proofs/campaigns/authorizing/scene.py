"""What the requests of the matrix are about: a student's quiz and session, and games in every state."""

from collections.abc import Mapping
from typing import Any

from tests.stack.live import QUESTIONS, new_game
from tests.stack.support import Stack, eventually, new_id
from tools.api_client import ApiClient, Reply
from tools.live.people import Person

_TRUE = {"text": "Is it?", "key": {"type": "true_false", "correct": True}, "category": "authorization"}


class Scene:
    """Prepares everything as the people themselves would, and knows it by the names that the matrix uses."""

    def __init__(self, stack: Stack, student: Person, extra: Person, instructor: Person) -> None:
        self._student, self._instructor = _client(stack, student), _client(stack, instructor)
        self.names: dict[str, str] = {"student": student.user_id, "extra": extra.user_id, "asked": QUESTIONS[0]}
        self._bank()
        self._quizzes()
        self._practice()
        self._games(stack)

    def filled(self, value: Any, new: str) -> Any:
        """With ids in the place of their names; `new` is one that nobody has used."""
        if isinstance(value, str):
            return value.format_map({**self.names, "new": new}) if "{" in value else value
        if isinstance(value, Mapping):
            return {name: self.filled(part, new) for name, part in value.items()}
        return [self.filled(part, new) for part in value] if isinstance(value, list) else value

    def _bank(self) -> None:
        question, unused, quiz = new_id("question"), new_id("unused"), new_id("quiz")
        for each in (question, unused):
            _made(self._instructor.call("POST", "/questions", {**_TRUE, "question_id": each}))
        for each in (quiz, unused):
            _made(self._instructor.call("POST", "/quizzes", {"quiz_id": each, "question_ids": [question]}))
        self.names |= {"question": question, "unused": unused, "quiz": quiz}

    def _quizzes(self) -> None:
        for name in ("sitting", "submitted"):
            made = _made(self._student.call("POST", "/quiz/generate", {"quiz_type": "geography", "count": 2}))
            self.names[name] = made["quiz_id"]
        _made(self._student.call("POST", "/quiz/submit", {"quiz_id": self.names["submitted"], "answers": [None, None]}))

    def _practice(self) -> None:
        for name in ("old_session", "session"):
            made = _made(self._student.call("POST", "/sessions", {"category": "history", "difficulty": 3}))
            self.names[name] = made["session_id"]
        shown = _made(self._student.call("GET", f"/sessions/{self.names['session']}/question"))
        self.names["practised"] = shown["question"]["question_id"]

    def _games(self, stack: Stack) -> None:
        open_game, lobby, ended = (new_game(stack, time_limit=600) for _ in range(3))
        self.names |= {"game": open_game["game_id"], "live_quiz": open_game["quiz_id"]}
        self.names |= {"lobby": lobby["game_id"], "ended": ended["game_id"]}
        _made(self._instructor.call("POST", f"/live/{self.names['ended']}", {"action": "end"}))
        results = f"/live/{self.names['ended']}/results"
        eventually(lambda: self._instructor.call("GET", results), lambda reply: reply.status == 200)

    def start(self) -> None:
        """Open the first question of the game, once those who play have joined."""
        game = f"/live/{self.names['game']}"
        _made(self._instructor.call("POST", game, {"action": "start"}))
        eventually(lambda: self._instructor.call("GET", game), lambda reply: reply.body["phase"] == "open")

    def wait_for_analytics(self) -> None:
        """Until the student's answer has come through the stream."""
        figures = f"/analytics/questions/{self.names['practised']}"
        eventually(lambda: self._instructor.call("GET", figures), lambda reply: reply.status == 200)


def _client(stack: Stack, person: Person) -> ApiClient:
    client = stack.api()
    client.token = person.token
    return client


def _made(reply: Reply) -> Any:
    assert reply.status < 300, reply
    return reply.body
