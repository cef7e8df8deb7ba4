"""A class as an LMS would post it: honest submissions, resends, one changed mind, and messages gone wrong."""

import json
import random
from datetime import UTC, datetime
from typing import Any

from quiz.keys import Matching, MultipleChoice, Numeric, Ordering, ShortText, SingleChoice, TrueFalse
from quiz.questions import Question
from tools.stack.bank import Bank
from tools.submit.messages import Message

STUDENTS = 30
RESENT = 6


def messages(bank: Bank, run: str) -> list[Message]:
    """Everything the class sends, in order. `run` keeps one demo's students apart from another's."""
    sent = honest(bank, run, STUDENTS)
    bodies = {message.group: json.loads(message.body) for message in sent}
    first, *others = bodies
    # The same content in other bytes: SQS sees a new message, the platform sees the same submission.
    sent += [Message(json.dumps(bodies[student], indent=1), student, 0) for student in others[:RESENT]]
    changed = {**bodies[first], "answers": {}}
    sent.append(Message(json.dumps(changed), first, 0))
    return sent + _poison(bodies[others[0]], run)


def honest(bank: Bank, run: str, students: int) -> list[Message]:
    """One submission of each student."""
    names = [f"{run}-{number:02}" for number in range(students)]
    return [Message(json.dumps(_submission(bank, name, seed)), name, 0) for seed, name in enumerate(names)]


def _submission(bank: Bank, student: str, seed: int) -> dict[str, Any]:
    chance = random.Random(seed)  # noqa: S311  # the same class every time
    talent = chance.uniform(0.3, 1)
    return {
        "schema_version": 1,
        "submission_id": f"{bank.quizzes[0].quiz_id}-attempt-1",
        "student_id": student,
        "quiz_id": bank.quizzes[0].quiz_id,
        "answers": {
            question.question_id: answer_of(question, chance, talent) for question in bank.asked(bank.quizzes[0])
        },
        "submitted_at": datetime.now(UTC).isoformat(),
    }


def answer_of(question: Question, chance: random.Random, talent: float) -> object:
    """What a student of this talent answers, between 0 (guesses) and 1 (knows everything)."""
    right = chance.random() < talent
    ids = [option.id for option in question.options]
    answer: object = None
    match question.key:
        case SingleChoice(correct=correct):
            answer = correct if right else chance.choice(ids)
        case MultipleChoice(correct=several):
            answer = list(several) if right else chance.sample(ids, 2)
        case TrueFalse(correct=truth):
            answer = truth if right else not truth
        case Numeric(accepted=(best, *_)):
            answer = float(best.value or 0) if right else chance.randint(1, 9)
        case ShortText(accepted=wordings):
            answer = chance.choice(wordings).text.upper() if right else "no idea"
        case Ordering(order=order):
            answer = list(order) if right else chance.sample(ids, len(ids))
        case Matching(pairs=pairs):
            answer = pairs if right else dict(zip(pairs, chance.sample(list(pairs.values()), len(pairs)), strict=True))
    return answer


def _poison(honest: dict[str, Any], run: str) -> list[Message]:
    group = f"{run}-broken"
    bodies = [
        f"student {run} answered everything",
        json.dumps({**honest, "schema_version": 2}),
        json.dumps({**honest, "submission_id": "other", "quiz_id": "quiz-of-last-year"}),
        json.dumps({**honest, "submission_id": "other", "submitted_at": "yesterday"}),
    ]
    return [Message(body, group, 0) for body in bodies]
