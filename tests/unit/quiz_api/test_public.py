"""What a student sees before answering says nothing about the key."""

import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import msgspec
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec import structs

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
from quiz.public import PublicQuestion, arranged, public
from quiz.questions import Option, Question
from tests.unit.builders import question
from tests.unit.quiz_api.support import choice, seeded
from tests.unit.strategies import questions

_encoder = msgspec.json.Encoder(decimal_format="number")

SECRET, SECRET_NUMBER = "SECRET", Decimal("0.2718281828")


def marked(asked: Question) -> Question:
    """The question with a mark in whatever a student must not see."""
    return structs.replace(
        asked,
        key=_marked(asked.key),
        explanation=SECRET,
        title=SECRET,
        category=SECRET,
        tags=(SECRET,),
        difficulty=5,
        version=271828,
    )


def _marked(key: Key) -> Key:
    match key:
        case SingleChoice():
            return structs.replace(key, partial={key.correct: SECRET_NUMBER}, feedback={key.correct: SECRET})
        case MultipleChoice():
            weights = dict.fromkeys(key.weights, SECRET_NUMBER)
            return structs.replace(key, weights=weights, feedback=dict.fromkeys(key.correct, SECRET))
        case TrueFalse():
            return structs.replace(key, if_right=SECRET, if_wrong=SECRET)
        case Numeric():
            return Numeric((NumericAnswer(value=SECRET_NUMBER, credit=SECRET_NUMBER, feedback=SECRET),))
        case ShortText():
            return ShortText((TextAnswer(text=SECRET, credit=SECRET_NUMBER, feedback=SECRET),))
    return key


def shown(asked: Question, seed: int = 1) -> str:
    chance = seeded(seed)
    return _encoder.encode(public(arranged(asked, chance), chance)).decode()


def shown_fields(asked: Question, seed: int = 1) -> dict[str, Any]:
    fields: dict[str, Any] = msgspec.json.decode(shown(asked, seed))
    return fields


@given(questions)
def test_nothing_that_is_not_for_students_is_shown(asked: Question) -> None:
    text = shown(marked(asked))
    assert SECRET not in text
    assert str(SECRET_NUMBER) not in text
    assert "271828" not in text


def _other_keys(key: Key, rng: random.Random, options: list[str]) -> Iterator[Key]:
    match key:
        case SingleChoice():
            yield from (SingleChoice(correct=option) for option in options)
        case MultipleChoice():
            yield from (MultipleChoice(correct=(option,), partial_credit="hamming") for option in options)
            yield MultipleChoice(correct=tuple(options))
        case TrueFalse(correct=correct):
            yield TrueFalse(correct=not correct)
        case Numeric():
            yield Numeric((NumericAnswer(value=Decimal(7)),))
        case ShortText():
            yield ShortText((TextAnswer(text="other"),), case_sensitive=not key.case_sensitive)
        case Ordering():
            yield Ordering(order=tuple(rng.sample(key.order, len(key.order))))
        case Matching(pairs=pairs):
            texts = rng.sample(list(pairs.values()), len(pairs))
            yield Matching(pairs=dict(zip(reversed(pairs), texts, strict=True)), distractors=key.distractors)


@given(questions, st.integers(0, 100))
def test_what_is_shown_does_not_depend_on_what_is_right(asked: Question, seed: int) -> None:
    options = [option.id for option in asked.options]
    for key in _other_keys(asked.key, random.Random(seed), options):
        assert shown(structs.replace(asked, key=key), seed) == shown(asked, seed)


@given(questions, st.randoms(use_true_random=False))
def test_neither_does_it_depend_on_the_order_in_which_the_author_wrote_options(
    asked: Question, rng: random.Random
) -> None:
    # WHEN every order of options is equally likely, the author's order cannot be told from what is shown
    assume(len(asked.options) > 1)
    rewritten = structs.replace(asked, options=tuple(rng.sample(asked.options, len(asked.options))))
    one, other = shown_fields(asked), shown_fields(rewritten)
    assert sorted(map(str, one["options"])) == sorted(map(str, other["options"]))
    assert {**one, "options": []} == {**other, "options": []}


def test_the_fields_are_these() -> None:
    full = public(choice("q", key=MultipleChoice(correct=("a",))), seeded(), "https://media")
    assert msgspec.to_builtins(full).keys() == {
        "question_id",
        "type",
        "text",
        "text_format",
        "points",
        "options",
        "multiple",
        "media_url",
    }
    assert set(PublicQuestion.__struct_fields__) == msgspec.to_builtins(full).keys() | {"matches"}


def test_every_order_of_options_is_shown_as_often_as_any_other() -> None:
    chance, asked = seeded(), question(Ordering(order=("a", "b", "c")), "a b c")
    orders = [tuple(option.id for option in arranged(asked, chance).options) for _ in range(6000)]
    counts = [orders.count(order) for order in set(orders)]
    assert len(counts) == 6
    assert all(880 < count < 1120 for count in counts)


def test_matches_are_all_texts_once_in_an_order_of_their_own() -> None:
    key = Matching(pairs={"a": "north", "b": "south", "c": "north"}, distractors=("west",))
    seen = [tuple(shown_fields(question(key, "a b c"), seed)["matches"]) for seed in range(500)]
    assert {frozenset(matches) for matches in seen} == {frozenset({"north", "south", "west"})}
    assert all(len(matches) == 3 for matches in seen)
    assert len(set(seen)) == 6


def test_a_prompt_that_nothing_belongs_to_is_not_shown() -> None:
    assert [o["id"] for o in shown_fields(question(Matching(pairs={"a": "1"}), "a b"))["options"]] == ["a"]


def test_where_nothing_is_chosen_stray_options_are_not_shown() -> None:
    key = ShortText((TextAnswer(text="word"),))
    stray = structs.replace(question(key), options=(Option(id="word", text="word"),))
    assert shown_fields(stray)["options"] == []
