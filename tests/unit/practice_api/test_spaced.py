"""Across days: what is due comes back, the weakest first, among what is new."""

from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.builders import Calls, accepted
from tests.unit.practice_api.support import (
    DAY,
    OTHER,
    TEACHER,
    Clock,
    Practice,
    choice,
    choices,
    progress,
    restart,
    row,
    store,
    stored,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

SPACED = {"category": "science", "policy": "spaced"}


def _finish(practice: Practice, wrong: frozenset[str] = frozenset()) -> list[str]:
    """Answer everything, some of it wrong at first; the questions in the order of their first showing."""
    asked: list[str] = []
    while (shown := practice.question().body)["question"] is not None:
        question_id = shown["question"]["question_id"]
        is_wrong = question_id in wrong and question_id not in asked
        asked += [question_id] * (question_id not in asked)
        practice.answer("b" if is_wrong else "right")
    return asked


@pytest.fixture
def learnt(api: Calls, database: "DynamoDBClient") -> Practice:
    """Three questions that were answered on the first day, one of them wrong at first."""
    store(database, choices(3))
    practice = Practice(**SPACED)
    _finish(practice, frozenset({"q1"}))
    return practice


def test_on_the_first_day_everything_is_new(learnt: Practice) -> None:
    assert (learnt.created["new"], learnt.created["due"]) == (3, 0)


def test_what_is_due_comes_back_the_weakest_first(learnt: Practice, clock: Clock, database: "DynamoDBClient") -> None:
    store(database, [*choices(3), choice("fresh")])
    restart()
    clock.now += 60 * DAY
    assert progress().body["due"] == 3
    practice = Practice(**SPACED)
    assert (practice.created["new"], practice.created["due"]) == (1, 3)
    before = row(database, "q1")
    asked = _finish(practice)
    # THEN the one that was wrong is the weakest
    assert next(each for each in asked if each != "fresh") == "q1"
    after = row(database, "q1")
    assert after["due"] > before["due"]
    assert after["reviewed"] == clock.now
    assert after["stability"] > before["stability"]
    assert progress().body["due"] == 0


def test_what_is_not_due_waits_unless_there_is_nothing_else(
    learnt: Practice, clock: Clock, database: "DynamoDBClient"
) -> None:
    clock.now += 60
    assert (Practice(**SPACED).created["new"], Practice(**SPACED).created["due"]) == (0, 3)
    store(database, [*choices(3), choice("fresh")])
    restart()
    assert (Practice(**SPACED).created["new"], Practice(**SPACED).created["due"]) == (1, 0)


def test_its_list_is_its_own_and_survives_the_environment(
    learnt: Practice, clock: Clock, database: "DynamoDBClient"
) -> None:
    clock.now += 60 * DAY
    practice = Practice(**SPACED)
    restart()
    assert stored(database, practice.session_id)["list_id"]["S"] == practice.session_id
    before = row(database, practice.question().body["question"]["question_id"])
    shown = practice.question().body["question"]["question_id"]
    practice.answer("b")
    # THEN the memory followed on the one that was stored, and forgot something
    assert row(database, shown)["stability"] < before["stability"]


def test_only_the_first_answer_of_a_session_is_remembered(learnt: Practice, database: "DynamoDBClient") -> None:
    for name in ("stability", "memory_difficulty", "due", "reviewed"):
        assert name in row(database, "q1")
    assert row(database, "q1")["due"] < row(database, "q0")["due"]


def test_classic_leaves_older_memories_alone(learnt: Practice, clock: Clock, database: "DynamoDBClient") -> None:
    before = {f"q{i}": row(database, f"q{i}") for i in range(3)}
    clock.now += DAY
    _finish(Practice())
    for question_id, old in before.items():
        new = row(database, question_id)
        assert new["attempts"] == old["attempts"] + 1
        assert [new[name] for name in ("stability", "due", "reviewed")] == [
            old[name] for name in ("stability", "due", "reviewed")
        ]


def test_a_long_history_is_read_page_by_page(learnt: Practice, api: Calls, clock: Clock) -> None:
    pages = iter([{"LastEvaluatedKey": {"user_id": {"S": "a"}, "question_id": {"S": "b"}}, "Items": []}])

    def page(_: Any) -> Any:
        found = next(pages, None)
        return accepted(**found) if found else None

    clock.now += 60 * DAY
    Practice(**SPACED)
    api.answers["Query"] = lambda call: page(call) if call["TableName"] == "progress" else None
    assert Practice(**SPACED).created["due"] == 3


def test_progress_in_numbers(api: Calls, database: "DynamoDBClient") -> None:
    store(database, [choice("s1"), choice("h1", category="Größen Ⅱ"), choice("h2", category="Größen Ⅱ")])
    practice = Practice()
    _finish(practice, frozenset({"s1"}))
    with api.counted() as calls:
        summary = progress().body
    assert calls == ["GetItem", "Query"]
    assert summary == {
        "user_id": "student-1",
        "answered": 6,
        "correct": 5,
        "accuracy": 0.8333,
        "mastered": 3,
        "streak": summary["streak"],
        "seconds": 42,
        "due": 0,
        "categories": {"science": {"answered": 4, "correct": 3}, "Größen Ⅱ": {"answered": 2, "correct": 2}},
    }
    assert 3 <= summary["streak"] <= 5
    told = row(database, "s1")
    assert (told["category"], told["last_correct"], told["last_first"]) == ("science", True, False)


def test_a_wrong_answer_ends_the_streak(api: Calls, database: "DynamoDBClient") -> None:
    store(database, choices(4))
    practice = Practice()
    streaks = []
    for selected in ("right", "right", "b", "right"):
        practice.answer(selected)
        streaks.append(progress().body["streak"])
    assert streaks == [1, 2, 0, 1]


def test_progress_is_for_its_student_and_instructors(learnt: Practice) -> None:
    assert progress(TEACHER, of="student-1", groups="[instructors]").body["answered"] == 6
    other = progress(OTHER, of="student-1")
    assert (other.status, other.error) == (403, "forbidden")
    nothing = progress(OTHER).body
    assert (nothing["answered"], nothing["accuracy"], nothing["categories"]) == (0, 0, {})
