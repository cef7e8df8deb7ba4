"""Quizzes that are generated for one student: asked for, submitted, submitted again, read."""

import json
import os
from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

from adapters.questions import Questions
from handlers.api import http, quiz
from handlers.tables import stream
from quiz.keys import SingleChoice
from quiz.questions import Option, Question
from tools.bench.operations.asked import Operation, answered, done
from tools.bench.operations.world import CONTEXT, World
from tools.cost.measure.asking import request
from tools.cost.measure.furniture import stored, stream_record
from tools.cost.measure.work import BATCH

ASKED = 10
CATEGORY, DIFFICULTY = "history", 2
GENERATE = {"quiz_type": CATEGORY, "difficulty": DIFFICULTY}
CAMPAIGN = "arn:aws:personalize:us-east-1:123456789012:campaign/quiz"


def questions() -> list[Question]:
    """As many as a quiz asks, so that whatever is drawn has been recorded."""
    options = tuple(Option(one, f"In the year 18{number}8, as most of its witnesses say ({one})")
                    for number, one in enumerate("abcd"))  # fmt: skip
    return [
        Question(
            question_id=f"history-congress-{number:03}",
            text=f"When did the congress decide on the matter that the map numbered {number} shows?",
            key=SingleChoice("a"),
            options=options,
            category=CATEGORY,
            difficulty=DIFFICULTY,
        )
        for number in range(ASKED)
    ]


def recommended() -> bytes:
    """What Personalize answers."""
    return json.dumps({"itemList": [{"itemId": each.question_id} for each in questions()]}).encode()


def operations(world: World) -> Iterator[Operation]:
    """Everything of this pillar, in an order that makes each possible."""
    with world.network.unnoticed():
        for question in questions():
            Questions(world.database(), "questions").create(question)
    asking = request("POST /quiz/generate", GENERATE)
    yield Operation("generate a quiz", http.handler, lambda: asking, answered)
    yield from _personalised(world)
    yield Operation("submit", http.handler, lambda: _submitting(world), answered)
    again = _submitting(world)
    yield Operation("submit again", http.handler, lambda: again, answered)
    read = request("GET /quiz/{quiz_id}/results", quiz_id=json.loads(again["body"])["quiz_id"])
    yield Operation("read a result", http.handler, lambda: read, answered)
    yield Operation("follow 10 results", stream.handler, _following(world), done)


def _personalised(world: World) -> Iterator[Operation]:
    world.network.answer("personalize-runtime.GetRecommendations", body=recommended())
    asking = request("POST /quiz/generate", {**GENERATE, "quiz_type": "personalized"})
    with patch.dict(os.environ, {"PERSONALIZE_CAMPAIGN_ARN": CAMPAIGN}):
        quiz.bootstrap.cache_clear()
        yield Operation("generate, personalised", http.handler, lambda: asking, answered)
    quiz.bootstrap.cache_clear()


def _submitting(world: World) -> dict[str, Any]:
    """The answers to a quiz that nobody has submitted."""
    with world.network.unnoticed():
        generated = json.loads(http.handler(request("POST /quiz/generate", GENERATE), CONTEXT)["body"])
    answers = {one["question_id"]: "abcd"[number % 4] for number, one in enumerate(generated["questions"])}
    return request("POST /quiz/submit", {"quiz_id": generated["quiz_id"], "answers": answers})


def _following(world: World) -> Callable[[], dict[str, Any]]:
    """Quizzes that were submitted, as the stream of the table tells of them."""

    def event() -> dict[str, Any]:
        return {"Records": [_record(world, number) for number in range(BATCH)]}

    return event


def _record(world: World, number: int) -> dict[str, Any]:
    submitting = _submitting(world)
    key = {"quiz_id": {"S": json.loads(submitting["body"])["quiz_id"]}}
    before = stored("results", key)
    with world.network.unnoticed():
        http.handler(submitting, CONTEXT)
    return stream_record(number, "results", before, stored("results", key))
