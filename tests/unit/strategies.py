"""Hypothesis strategies: any JSON value, and valid questions of every type with a full right answer."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from quiz.keys import (
    Key,
    Matching,
    MultipleChoice,
    Numeric,
    NumericAnswer,
    Ordering,
    PartialCredit,
    ShortText,
    SingleChoice,
    TextAnswer,
    TrueFalse,
)
from quiz.questions import Option, Question

Draw = Callable[[st.SearchStrategy[Any]], Any]

ids = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=6)
numbers = st.decimals(min_value=-(10**9), max_value=10**9, places=4)
credits_ = st.decimals(min_value=-1, max_value=1, places=2)
points = st.decimals(min_value=Decimal("0.001"), max_value=1000, places=3)

json_values: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([10**41, -(10**4000)])
    | st.decimals()
    | st.floats()
    | st.text()
    | st.sampled_from(["1e999999999999", "NaN", "-Infinity", "true", "1" * 5000]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=8,
)


def _single_choice(draw: Draw, options: list[str]) -> tuple[Key, Any]:
    others = draw(st.dictionaries(st.sampled_from(options), credits_, max_size=3))
    return SingleChoice(correct=options[0], partial=others), options[0]


def _multiple_choice(draw: Draw, options: list[str]) -> tuple[Key, Any]:
    right = draw(st.lists(st.sampled_from(options), min_size=1, unique=True))
    rules: list[PartialCredit] = ["exact", "per_correct", "per_option", "hamming", "weighted"]
    rule: PartialCredit = draw(st.sampled_from(rules))
    # Only all options together are sure to be worth everything under right minus wrong per option.
    if rule == "per_option":
        right = options
    weights = {option: Decimal(1 if option in right else -1) for option in options} if rule == "weighted" else {}
    return MultipleChoice(correct=tuple(right), partial_credit=rule, weights=weights), right


def _true_false(draw: Draw, options: list[str]) -> tuple[Key, Any]:
    correct = draw(st.booleans())
    return TrueFalse(correct=correct), correct


def _numeric(draw: Draw, options: list[str]) -> tuple[Key, Any]:
    low, high = sorted((draw(numbers), draw(numbers)))
    by_bounds = NumericAnswer(minimum=low, maximum=high)
    by_value = NumericAnswer(value=low, tolerance=abs(draw(numbers)))
    partly = NumericAnswer(value=high, credit=Decimal("0.5"))
    return Numeric(accepted=(partly, draw(st.sampled_from([by_bounds, by_value])))), low


def _short_text(draw: Draw, options: list[str]) -> tuple[Key, Any]:
    text = draw(st.text(min_size=1, max_size=8))
    partly = TextAnswer(text=draw(st.text(min_size=1, max_size=8)), credit=Decimal("0.5"))
    return ShortText(accepted=(partly, TextAnswer(text=text)), case_sensitive=draw(st.booleans())), text


def _ordering(draw: Draw, options: list[str]) -> tuple[Key, Any]:
    order = draw(st.permutations(options))
    return Ordering(order=tuple(order), partial_credit=draw(st.sampled_from(["exact", "per_position"]))), order


def _matching(draw: Draw, options: list[str]) -> tuple[Key, Any]:
    prompts = draw(st.lists(st.sampled_from(options), min_size=1, unique=True))
    pairs = {prompt: draw(st.text(min_size=1, max_size=4)) for prompt in prompts}
    return Matching(pairs=pairs), pairs


KEYS = (_single_choice, _multiple_choice, _true_false, _numeric, _short_text, _ordering, _matching)


@st.composite
def questions_with_right_answer(draw: Draw, question_ids: st.SearchStrategy[str] = ids) -> tuple[Question, Any]:
    options = draw(st.lists(ids, min_size=2, max_size=6, unique=True))
    key, right = draw(st.sampled_from(KEYS))(draw, options)
    question = Question(
        question_id=draw(question_ids),
        text="?",
        key=key,
        options=tuple(Option(id=option, text=option) for option in options),
        points=draw(points),
    )
    return question, right


questions = questions_with_right_answer().map(lambda pair: pair[0])


def answers_to(question: Question) -> st.SearchStrategy[Any]:
    """Any JSON value at all, but more often one that is shaped like an answer to this question."""
    marks = st.sampled_from([option.id for option in question.options]) | st.text(max_size=3)
    return json_values | marks | numbers | st.lists(marks, max_size=8) | st.dictionaries(marks, marks, max_size=4)
