"""What the tests of taking a quiz share: a client of the API, a bank to draw from, and a test of fairness."""

import json
import random
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct

from adapters.bank import question_item
from handlers.api.http import handler
from quiz.keys import Key, SingleChoice
from quiz.questions import Option, Question
from tests.unit.builders import context

STUDENT, OTHER, TEACHER = "student-1", "student-2", "teacher-1"
RESULTS_BUCKET = "the-results"


class Reply(Struct, frozen=True):
    """An answer of the API; numbers with a point are exact."""

    status: int
    text: str

    @property
    def body(self) -> Any:
        return json.loads(self.text, parse_float=Decimal)


def call(
    route: str, body: Any = None, user: str = STUDENT, groups: str = "", path: Mapping[str, str] | None = None
) -> Reply:
    """One request, as API Gateway hands it over after it has verified the token and chosen the route."""
    method, _, template = route.partition(" ")
    raw_path = template.format_map(path or {})
    event = {
        "version": "2.0",
        "routeKey": route,
        "rawPath": raw_path,
        "rawQueryString": "",
        "headers": {"content-type": "application/json"},
        "requestContext": {
            "authorizer": {"jwt": {"claims": {"sub": user, "cognito:groups": f"[{groups}]"}}},
            "http": {"method": method, "path": raw_path, "sourceIp": "127.0.0.1"},
            "requestId": "request-1",
            "stage": "$default",
        },
        "isBase64Encoded": False,
        **({} if path is None else {"pathParameters": path}),
        **({} if body is None else {"body": body if isinstance(body, str) else json.dumps(body)}),
    }
    answer = handler(event, context())
    return Reply(answer["statusCode"], answer["body"])


def generate(user: str = STUDENT, groups: str = "", **wanted: Any) -> Reply:
    return call("POST /quiz/generate", wanted, user, groups)


def generated(user: str = STUDENT, groups: str = "", **wanted: Any) -> Any:
    reply = generate(user, groups, **wanted)
    assert reply.status == 200, reply.text
    return reply.body


def submit(quiz_id: str, answers: Any, user: str = STUDENT, groups: str = "") -> Reply:
    return call("POST /quiz/submit", {"quiz_id": quiz_id, "answers": answers}, user, groups)


def read_results(quiz_id: str, user: str = STUDENT, groups: str = "") -> Reply:
    return call("GET /quiz/{quiz_id}/results", None, user, groups, {"quiz_id": quiz_id})


def asked_ids(quiz: Any) -> list[str]:
    return [question["question_id"] for question in quiz["questions"]]


def choice(question_id: str, category: str = "general", difficulty: int = 2, **also: Any) -> Question:
    """A question whose right answer is `a`."""
    key: Key = also.pop("key", SingleChoice(correct="a"))
    options = tuple(Option(id=word, text=word.upper()) for word in "abcd")
    return Question(
        question_id=question_id,
        text=also.pop("text", f"What is {question_id}?"),
        key=key,
        options=also.pop("options", options),
        category=category,
        difficulty=difficulty,
        **also,
    )


def choices(number: int, category: str = "general", difficulty: int = 2) -> list[Question]:
    return [choice(f"{category}-{difficulty}-{i}", category, difficulty) for i in range(number)]


def store(client: Any, questions: Iterable[Question]) -> None:
    for question in questions:
        client.put_item(TableName="questions", Item=question_item(question))


class MemoryBank:
    """A bank without a database."""

    def __init__(self, questions: Iterable[Question]) -> None:
        self.questions = {question.question_id: question for question in questions}
        self.reads: list[list[str]] = []
        self._buckets: dict[tuple[str, int], list[str]] = {}
        for question in self.questions.values():
            self._buckets.setdefault((question.category, question.difficulty), []).append(question.question_id)

    def ids(self, category: str, difficulty: int) -> Sequence[str]:
        return self._buckets.get((category, difficulty), [])

    def read(self, question_ids: Sequence[str]) -> list[Question]:
        self.reads.append(list(question_ids))
        return [self.questions[each] for each in question_ids if each in self.questions]


def seeded(seed: int = 1) -> random.Random:
    return random.Random(seed)


def chi_square(counts: Sequence[int], drawn_at_once: int) -> tuple[float, float]:
    """The statistic of how unevenly things were drawn, and what a fair draw exceeds once in a million times.

    Things drawn at once are different ones, which makes counts more even by the factor that it is divided by.
    """
    number, total = len(counts), sum(counts)
    expected = total / number
    evenness = (1 - drawn_at_once / number) * number / (number - 1)
    statistic = sum((count - expected) ** 2 for count in counts) / expected / evenness
    freedom = number - 1
    # Wilson and Hilferty's approximation; 4.753 is the normal quantile of one in a million.
    limit = freedom * (1 - 2 / (9 * freedom) + 4.753 * (2 / (9 * freedom)) ** 0.5) ** 3
    return statistic, limit
