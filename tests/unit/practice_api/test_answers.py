"""Answers of every type, and of none."""

from typing import TYPE_CHECKING, Any

import pytest

from quiz.keys import (
    Key,
    Matching,
    MultipleChoice,
    Numeric,
    NumericAnswer,
    Ordering,
    ShortText,
    SingleChoice,
    TextAnswer,
    TrueFalse,
)
from quiz.numbers import sane_decimal
from tests.unit.builders import Calls
from tests.unit.practice_api.support import Practice, choice, choices, progress, store

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

RIGHT: list[tuple[Key, list[Any], Any]] = [
    (SingleChoice(correct="right"), ["right"], "right"),
    (MultipleChoice(correct=("right", "b")), ["b", "right"], ["right", "b"]),
    (TrueFalse(correct=False), [False], False),
    (Numeric(accepted=(NumericAnswer(value=sane_decimal("3.14")),)), [3.14], 3.14),
    (ShortText(accepted=(TextAnswer(text="Größe ②"),)), ["gröSSe  2"], "Größe ②"),
    (Ordering(order=("b", "c", "d", "right")), ["b", "c", "d", "right"], ["b", "c", "d", "right"]),
    (Matching(pairs={"right": "東", "b": "西"}), [{"right": "東", "b": "西"}], {"right": "東", "b": "西"}),
]
NONSENSE: list[list[Any]] = [
    [],
    [None],
    [[]],
    [{}],
    [1e300],
    ["right", "right", "b", "c"],
    [["right"]],
    [True],
    ["\u0000"],
    ["right"] * 100,
    [{"a": [1, {"b": None}]}],
]


@pytest.mark.parametrize(("key", "selected", "told"), RIGHT, ids=lambda value: type(value).__name__)
def test_every_type(key: Key, selected: list[Any], told: Any, api: Calls, database: "DynamoDBClient") -> None:
    store(database, [choice("Ⅱ".encode().hex(), key=key, text="Was ist „größer“? 🙂")])
    practice = Practice()
    shown = practice.question().body["question"]
    assert shown["text"] == "Was ist „größer“? 🙂"
    assert "key" not in shown
    reply = practice.answer(selected)
    assert (reply["correct"], reply["correct_answer"]) == (True, told)


@pytest.mark.parametrize("key", [key for key, _, _ in RIGHT], ids=lambda key: type(key).__name__)
def test_nonsense_is_a_wrong_answer(key: Key, api: Calls, database: "DynamoDBClient") -> None:
    store(database, [choice("q", key=key)])
    practice = Practice()
    for selected in NONSENSE:
        body = practice.body(selected)
        first = practice.send(body)
        assert (first.status, first.body["correct"]) == (200, False)
        assert practice.send(body).body == first.body
    assert progress().body["answered"] == len(NONSENSE)


@pytest.mark.parametrize(
    "changes",
    [
        {"selected_answers": "right"},
        {"selected_answers": None},
        {"selected_answers": ["x"] * 101},
        {"selected_answers": ...},
        {"version": "1"},
        {"version": 0},
        {"version": 1.5},
        {"version": ...},
        {"question_id": ""},
        {"question_id": ["q0"]},
        {"time_spent": -1},
        {"time_spent": 86_401},
        {"time_spent": "7"},
        {"user_id": "student-2"},
        {"correct": True},
    ],
)
def test_wrong_types_are_refused(changes: dict[str, Any], api: Calls, database: "DynamoDBClient") -> None:
    store(database, choices(1))
    practice = Practice()
    reply = practice.send(practice.body(**changes))
    assert (reply.status, reply.error) == (400, "invalid_input")
    assert practice.question().body["version"] == 1


def test_a_lone_surrogate_is_no_answer(api: Calls, database: "DynamoDBClient") -> None:
    store(database, choices(1))
    practice = Practice()
    reply = practice.send('{"question_id": "q0", "selected_answers": ["\\ud800"], "version": 1}')
    assert (reply.status, reply.error) == (400, "malformed_json")


def test_time_need_not_be_told(api: Calls, database: "DynamoDBClient") -> None:
    store(database, choices(1))
    practice = Practice()
    assert practice.send(practice.body(time_spent=...)).status == 200
    assert progress().body["seconds"] == 0


def test_a_picture_comes_as_a_link(api: Calls, database: "DynamoDBClient") -> None:
    store(database, [choice("q", media_key="media/picture.png")])
    assert "picture.png" in Practice().question().body["question"]["media_url"]


def test_matches_keep_their_order_while_they_are_shown(api: Calls, database: "DynamoDBClient") -> None:
    pairs = {word: word.upper() for word in ("right", "b", "c", "d")}
    store(database, [choice("q", key=Matching(pairs=pairs))])
    practice = Practice()
    assert practice.question().body["question"]["matches"] == practice.read().body["question"]["matches"]
