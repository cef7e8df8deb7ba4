"""A student who practises through the HTTP function, and a bank to practise with."""

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from adapters.bank import question_item, quiz_item
from handlers.api.practice import routes
from quiz.keys import Key, SingleChoice
from quiz.questions import Option, Question, Quiz
from tests.unit.api.driver import Reply, answer, event

STUDENT, OTHER, TEACHER = "student-1", "student-2", "teacher-1"
EXPLANATION = "Because the author says so."
SECRETS = ("correct_answer", EXPLANATION, "the-right-option")
DAY = 86_400


class Clock:
    """The server's clock."""

    def __init__(self) -> None:
        self.now = 1_772_600_767


def restart() -> None:
    """A new environment takes the next request: its caches are empty."""
    routes.bootstrap.cache_clear()


def choice(question_id: str, **also: Any) -> Question:
    """A question whose right answer is `the-right-option`."""
    key: Key = also.pop("key", SingleChoice(correct="right", feedback={"b": "Nearly."}))
    options = also.pop("options", tuple(Option(id=word, text=word) for word in ("right", "b", "c", "d")))
    fields = {"text": f"What is {question_id}?", "category": "science", "explanation": EXPLANATION, **also}
    return Question(question_id=question_id, key=key, options=options, **fields)


def choices(number: int, **also: Any) -> list[Question]:
    return [choice(f"q{i}", **also) for i in range(number)]


def store(client: Any, questions: Iterable[Question], quiz_id: str | None = "quiz") -> None:
    """Put questions into the bank, and a quiz of them."""
    questions = list(questions)
    for question in questions:
        client.put_item(TableName="questions", Item=question_item(question))
    if quiz_id is not None:
        ids = tuple(question.question_id for question in questions)
        client.put_item(TableName="quizzes", Item=quiz_item(Quiz(quiz_id=quiz_id, question_ids=ids)))


def remove(client: Any, question_id: str) -> None:
    client.delete_item(TableName="questions", Key={"question_id": {"S": question_id}})


def call(key: str, body: Any = None, *, user: str = STUDENT, groups: str = "[students]", **path: str) -> Reply:
    """One request of a person, held against the description of the API."""
    request = event(key, body, groups=groups, path=path)
    request["requestContext"]["authorizer"]["jwt"]["claims"]["sub"] = user
    return answer(request)


class Practice:
    """One session of a student."""

    def __init__(self, user: str = STUDENT, **wanted: Any) -> None:
        self.user = user
        reply = call("POST /sessions", wanted or {"quiz_id": "quiz"}, user=user)
        assert reply.status == 201, reply.body
        self.created = reply.body
        self.session_id: str = reply.body["session_id"]

    def read(self, user: str | None = None) -> Reply:
        return call("GET /sessions/{session_id}", user=user or self.user, session_id=self.session_id)

    def question(self, user: str | None = None) -> Reply:
        return call("GET /sessions/{session_id}/question", user=user or self.user, session_id=self.session_id)

    def delete(self, user: str | None = None) -> Reply:
        return call("DELETE /sessions/{session_id}", user=user or self.user, session_id=self.session_id)

    def send(self, body: Any, user: str | None = None) -> Reply:
        key = "POST /sessions/{session_id}/answer"
        return call(key, body, user=user or self.user, session_id=self.session_id)

    def body(self, selected: Any = "right", **changes: Any) -> dict[str, Any]:
        """An answer to the question on show."""
        shown = self.question().body
        fields = {
            "question_id": shown["question"]["question_id"],
            "selected_answers": selected if isinstance(selected, list) else [selected],
            "time_spent": 7,
            "version": shown["version"],
            **changes,
        }
        return {name: value for name, value in fields.items() if value is not ...}

    def answer(self, selected: Any = "right") -> Any:
        """The reply to an answer to the question on show, which has to count."""
        reply = self.send(self.body(selected))
        assert reply.status == 200, reply.body
        return reply.body


def progress(user: str = STUDENT, of: str | None = None, groups: str = "[students]") -> Reply:
    return call("GET /users/{user_id}/progress", user=user, groups=groups, user_id=of or user)


def row(client: Any, question_id: str, user: str = STUDENT) -> dict[str, Any]:
    """A row of the progress table."""
    key = {"user_id": {"S": user}, "question_id": {"S": question_id}}
    found = client.get_item(TableName="progress", Key=key).get("Item", {})
    return {name: _value(attribute) for name, attribute in found.items()}


def stored(client: Any, session_id: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get_item(TableName="sessions", Key={"session_id": {"S": session_id}})["Item"]
    return found


def gives_away(reply: Any) -> list[str]:
    """What of the key a reply holds."""
    text = json.dumps(reply)
    return [secret for secret in SECRETS if secret in text]


def _value(attribute: Any) -> Any:
    [(kind, value)] = attribute.items()
    return Decimal(value) if kind == "N" else value
