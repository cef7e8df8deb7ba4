"""Whether anything told the key to a question to somebody who had not answered it."""

import json
from typing import Any

from tests.proofs.campaigns.fuzzing.asked import Asked
from tests.proofs.campaigns.fuzzing.bank import SECRET
from tests.proofs.campaigns.fuzzing.learning import Learning
from tests.proofs.campaigns.fuzzing.place import Heard

# Fields that no answer to a student holds, unless it is about a question that they have answered.
_TELLTALE = frozenset(
    (
        "accepted",
        "correct",
        "correct_answer",
        "explanation",
        "feedback",
        "if_right",
        "if_wrong",
        "is_correct",
        "key",
        "pairs",
    )
)


class Secrecy:
    """Looks for words of keys in everything that left a function."""

    def __init__(self, learning: Learning) -> None:
        self._learning = learning

    def leaks(self, asked: Asked, response: Any, heard: Heard) -> list[str]:
        """What was told too early, and where."""
        # Whoever sends a word knows it.
        sent = set(SECRET.findall(json.dumps(asked.event)))
        found = [f"log: {secret}" for secret in SECRET.findall(heard.lines.getvalue())]
        if asked.person is None or not asked.person.is_instructor:
            body = self._body(response)
            answered = self._answered(asked, body)
            found += [f"answer: {secret}" for secret in self._strange(json.dumps(_unsaid(body)), answered, sent)]
            if asked.person is not None and not answered:
                found += [f"answer: field {name}" for name in _fields(_unsaid(body)) & _TELLTALE]
            found += [f"answer: {name} after a wrong answer" for name in _after_a_wrong_one(asked, body)]
        for name, parameters in heard.calls:
            if name in ("SendMessage", "PutEvents", "Publish"):
                text = parameters.get("MessageBody") or json.dumps(parameters, default=str)
                found += [f"{name}: {each}" for each in self._strange(text, self._of_message(text), sent)]
        for post in heard.posts:
            found += [f"post: {each}" for each in self._strange(post.decode(), self._of_post(post), sent)]
        return found

    def _strange(self, text: str, answered: set[str], sent: set[str]) -> list[str]:
        return [
            each for each in SECRET.findall(text) if each not in sent and not self._learning.owners(each) & answered
        ]

    def _body(self, response: Any) -> Any:
        text = response.get("body") if isinstance(response, dict) else None
        try:
            return json.loads(text) if isinstance(text, str) else response
        except ValueError:
            return text

    def _answered(self, asked: Asked, body: Any) -> set[str]:
        """The questions that this very answer may speak about openly."""
        if not isinstance(body, dict):
            return set()
        match asked.route:
            case "POST /quiz/submit" | "GET /quiz/{quiz_id}/results":
                return self._learning.submitted(str(body.get("quiz_id")))
            case "POST /sessions/{session_id}/answer" if "next_action" in body:
                # Of an answer that was wrong only the author's words on it are told.
                return {self._learning.question_in(asked.event)}
            case "POST /answer" | "message" if body.get("correct_answer") is not None:
                question_id = str(body.get("question_id"))
                told = self._learning.is_told(str(body.get("game_id")), question_id)
                return {question_id} if told else set()
        return set()

    def _of_message(self, text: str) -> set[str]:
        """The question that a broadcast tells the answer to, if it is closed."""
        try:
            job = json.loads(text)
        except (ValueError, RecursionError):
            return set()
        message = job.get("message") if isinstance(job, dict) else None
        return self._of_post(json.dumps(message).encode()) if isinstance(message, dict) else set()

    def _of_post(self, post: bytes) -> set[str]:
        try:
            told = json.loads(post)
        except (ValueError, RecursionError):
            return set()
        if not isinstance(told, dict) or told.get("type") != "question_closed":
            return set()
        game_id, question_id = str(told.get("game_id")), str(told.get("question_id"))
        return {question_id} if self._learning.is_closed(game_id, question_id) else set()


def _after_a_wrong_one(asked: Asked, body: Any) -> list[str]:
    """What practice tells only of what was answered right."""
    if asked.route != "POST /sessions/{session_id}/answer" or not isinstance(body, dict) or body.get("correct", True):
        return []
    return [name for name in ("explanation", "correct_answer") if body.get(name)]


def _unsaid(body: Any) -> Any:
    """Without what says nothing: null is told of every question alike."""
    if isinstance(body, dict):
        return {name: _unsaid(part) for name, part in body.items() if part not in (None, "")}
    return [_unsaid(part) for part in body] if isinstance(body, list) else body


def _fields(value: Any) -> set[str]:
    """The names of all fields but of those that are counts."""
    if isinstance(value, dict):
        return {name for name, part in value.items() if type(part) is not int}.union(*map(_fields, value.values()))
    return set().union(*map(_fields, value)) if isinstance(value, list) else set()
