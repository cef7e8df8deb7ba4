"""Every question of a bucket is drawn as often as any other."""

import random
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pytest

from adapters.samples import Samples
from quiz.bank import sample_key
from quiz.generation import Drawing
from quiz.questions import Question
from tests.unit.builders import Calls, accepted
from tests.unit.quiz_api.support import MemoryBank, chi_square, choice, choices, seeded

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

DRAWS = 10_000


def _counts(bank: MemoryBank, avoided: Sequence[str] = (), count: int = 10) -> list[int]:
    chance, drawn = seeded(), Counter[str]()
    for _ in range(DRAWS):
        drawing = Drawing(bank, count, chance)
        drawing.draw(["general"], 2, avoided)
        assert len({question.question_id for question in drawing.questions}) == count
        drawn.update(question.question_id for question in drawing.questions)
    return [drawn[question_id] for question_id in bank.ids("general", 2)]


@pytest.mark.parametrize("size", [20, 200, 5_000])
def test_draws_are_uniform(size: int) -> None:
    statistic, limit = chi_square(_counts(MemoryBank(choices(size))), 10)
    assert statistic < limit


def test_draws_around_something_are_uniform_among_the_rest() -> None:
    avoided = [f"general-2-{i}" for i in range(30)]
    counts = _counts(MemoryBank(choices(100)), avoided)
    assert counts[:30] == [0] * 30
    statistic, limit = chi_square(counts[30:], 10)
    assert statistic < limit


def test_questions_that_are_gone_do_not_favour_their_neighbours() -> None:
    bank = MemoryBank(choices(100))
    for i in range(0, 60, 2):
        del bank.questions[f"general-2-{i}"]
    counts = _counts(bank)
    there = [count for i, count in enumerate(counts) if f"general-2-{i}" in bank.questions]
    statistic, limit = chi_square(there, 10)
    assert statistic < limit
    assert sum(there) == sum(counts) == DRAWS * 10


def test_the_test_of_fairness_sees_a_draw_that_is_not() -> None:
    class Lazy(random.Random):
        """Shuffles the first half only every other time."""

        def sample(self, population: Any, k: int, **_: Any) -> Any:
            start = len(population) // 20 if self.random() < 0.5 else 0
            return super().sample(population[start:], min(k, len(population) - start))

    counts, bank, chance = Counter[str](), MemoryBank(choices(200)), Lazy(1)
    for _ in range(DRAWS):
        drawing = Drawing(bank, 10, chance)
        drawing.draw(["general"], 2)
        counts.update(question.question_id for question in drawing.questions)
    statistic, limit = chi_square([counts[each] for each in bank.ids("general", 2)], 10)
    assert statistic > limit


class LargeBucket:
    """Answers queries like the index of a bucket too large to be kept, in pages."""

    def __init__(self, size: int, page: int = 100) -> None:
        ids = [f"q{i}" for i in range(size)]
        self.items = sorted((sample_key(each), each) for each in ids)
        self.page = page

    def query(self, call: dict[str, Any]) -> Any:
        start = int(call["ExpressionAttributeValues"][":start"]["N"])
        upper = ">=" in call["KeyConditionExpression"]
        found = [each for each in self.items if (each[0] >= start) == upper]
        after = call.get("ExclusiveStartKey")
        if after:
            found = [each for each in found if each[0] > int(after["sample_key"]["N"])]
        page = found[: self.page]
        more = {"LastEvaluatedKey": {"sample_key": {"N": str(page[-1][0])}}} if len(found) > self.page else {}
        return accepted(Items=[{"question_id": {"S": each}} for _, each in page], **more)


def test_each_question_of_a_large_bucket_is_kept_as_often_as_any_other(
    dynamodb: "DynamoDBClient", calls: Calls
) -> None:
    # GIVEN a bucket of which a tenth is kept at a time
    bucket, now = LargeBucket(500), [0.0]
    calls.answers["Query"] = bucket.query
    samples = Samples(dynamodb, "questions", seeded(), lambda: now[0], most_ids=50)
    kept = Counter[str]()
    for _ in range(1000):
        now[0] += 301
        ids = samples.ids("general", 2)
        assert len(ids) == len(set(ids)) == 50
        kept.update(ids)
    # THEN no question is left out, and none comes more than its share but for the chance of 1000 starts
    assert len(kept) == 500
    assert max(kept.values()) < 200
    assert min(kept.values()) > 40


def test_once_it_is_known_to_be_large_a_bucket_is_not_counted_again(dynamodb: "DynamoDBClient", calls: Calls) -> None:
    # GIVEN a bucket of which three pages are kept
    bucket, now = LargeBucket(1000), [0.0]
    calls.answers["Query"] = bucket.query
    samples = Samples(dynamodb, "questions", seeded(), lambda: now[0], most_ids=250)
    for least, most in ((6, 8), (3, 5)):
        with calls.counted() as names:
            samples.ids("general", 2)
        assert least <= len(names) <= most
        now[0] += 301


def test_a_window_goes_around_the_end(dynamodb: "DynamoDBClient", calls: Calls) -> None:
    class Last(random.Random):
        def randrange(self, *_: Any, **__: Any) -> int:
            return 2**48 - 1

    bucket = LargeBucket(120)
    calls.answers["Query"] = bucket.query
    samples = Samples(dynamodb, "questions", Last(), most_ids=50)
    assert samples.ids("general", 2) == [each for _, each in bucket.items[:50]]


def test_all_of_a_bucket_of_several_pages_is_kept(dynamodb: "DynamoDBClient", calls: Calls) -> None:
    bucket = LargeBucket(250)
    calls.answers["Query"] = bucket.query
    samples = Samples(dynamodb, "questions", seeded(), most_ids=250)
    assert samples.ids("general", 2) == [each for _, each in bucket.items]
    assert calls.names == ["Query"] * 3


def test_questions_that_were_moved_are_not_drawn_from_their_old_place() -> None:
    class Moved(MemoryBank):
        def read(self, question_ids: Sequence[str]) -> list[Question]:
            return [choice(each, difficulty=4) if each.endswith("7") else choice(each) for each in question_ids]

    drawing = Drawing(Moved(choices(12)), 12, seeded())
    drawing.draw(["general"], 2)
    assert {question.difficulty for question in drawing.questions} == {2}
    assert len(drawing.questions) == 11


def test_a_question_that_is_still_listed_in_its_old_category_is_asked_for_once() -> None:
    class Twice(MemoryBank):
        def ids(self, category: str, difficulty: int) -> list[str]:
            return list(super().ids("general", difficulty))

        def read(self, question_ids: Sequence[str]) -> list[Question]:
            # A table refuses to be asked for the same item twice.
            assert len(set(question_ids)) == len(question_ids)
            return list(super().read(question_ids))

    drawing = Drawing(Twice(choices(12)), 12, seeded())
    drawing.draw(["art", "general"], 2)
    assert len({question.question_id for question in drawing.questions}) == len(drawing.questions) == 12
