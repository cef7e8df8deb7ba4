"""Any question at all: every type and field, in the texts that formats stumble over."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import msgspec
from hypothesis import strategies as st

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
from quiz.questions import Option, Question
from tests.unit import strategies

Draw = Callable[[st.SearchStrategy[Any]], Any]

# Pieces that mean something to some format, among ordinary words.
_PIECES = [
    *("\\", "\\\\", ":", "::", "#", "####", "=", "~", "{", "}", "->", "//", "[", "]", "[html]", "[id:x]", "$CATEGORY:"),
    *("%50%", "%-5%", "*", "\\*", "..", "|", ";", ",", '"', "'", "\\n", "\\s", "_____", "<b>", "&amp;", "]]>", "TRUE"),
    *("F", ">", "é", "東京", "-1", "+", "@", "sep=", "50%", " ", "\n", "\r", "\r\n", "\t", "\0", "\x1f", "\ufeff"),
    *("\N{NO-BREAK SPACE}", "\N{LINE SEPARATOR}", "\N{NEXT LINE}", "word", "a"),
]
_words = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=6).map("".join)
texts = (_words | st.text(min_size=1, max_size=12)).filter(bool)
optional = st.just("") | texts
ids = strategies.ids
shares = st.decimals(min_value=-1, max_value=1, places=3) | st.sampled_from([Decimal(0), Decimal(1), Decimal("1E-9")])
credits_ = st.decimals(min_value=Decimal("0.0001"), max_value=1, places=4)
numbers = strategies.numbers | st.sampled_from([Decimal("1E+30"), Decimal("-1E-30"), Decimal("123456789012345678.5")])


def _single_choice(draw: Draw, options: list[str]) -> Key:
    chosen = st.sampled_from(options)
    return SingleChoice(
        correct=draw(chosen),
        partial=draw(st.dictionaries(chosen, shares, max_size=3)),
        feedback=draw(st.dictionaries(chosen, texts, max_size=3)),
    )


def _multiple_choice(draw: Draw, options: list[str]) -> Key:
    chosen = st.sampled_from(options)
    rule = draw(st.sampled_from(["exact", "per_correct", "per_option", "hamming", "weighted"]))
    weights = draw(st.dictionaries(chosen, shares, min_size=1)) if rule == "weighted" else {}
    return MultipleChoice(
        correct=tuple(draw(st.lists(chosen, min_size=1, max_size=4))),
        partial_credit=rule,
        weights=weights,
        feedback=draw(st.dictionaries(chosen, texts, max_size=3)),
    )


def _true_false(draw: Draw, options: list[str]) -> Key:
    return TrueFalse(correct=draw(st.booleans()), if_right=draw(optional), if_wrong=draw(optional))


def _range(draw: Draw) -> NumericAnswer:
    worth = {"credit": draw(st.just(Decimal(1)) | credits_), "feedback": draw(optional)}
    first, second = draw(numbers), draw(numbers)
    if draw(st.booleans()):
        return NumericAnswer(minimum=min(first, second), maximum=max(first, second), **worth)
    return NumericAnswer(value=first, tolerance=abs(second), **worth)


def _numeric(draw: Draw, options: list[str]) -> Key:
    return Numeric(accepted=tuple(_range(draw) for _ in range(draw(st.integers(1, 3)))))


def _short_text(draw: Draw, options: list[str]) -> Key:
    wordings = st.builds(TextAnswer, text=texts, credit=st.just(Decimal(1)) | credits_, feedback=optional)
    accepted = draw(st.lists(wordings, min_size=1, max_size=3))
    return ShortText(accepted=tuple(accepted), case_sensitive=draw(st.booleans()))


def _ordering(draw: Draw, options: list[str]) -> Key:
    order = tuple(draw(st.permutations(options)))
    return Ordering(order=order, partial_credit=draw(st.sampled_from(["exact", "per_position"])))


def _matching(draw: Draw, options: list[str]) -> Key:
    prompts = draw(st.dictionaries(st.sampled_from(options), texts, min_size=1))
    return Matching(pairs=prompts, distractors=tuple(draw(st.lists(texts, max_size=2))))


_KEYS = (_single_choice, _multiple_choice, _true_false, _numeric, _short_text, _ordering, _matching)
_letters = st.integers(2, 5).map(lambda count: list("abcde"[:count]))
_categories = st.text(
    st.characters(min_codepoint=32, exclude_characters="#", exclude_categories=["Cs"]), min_size=1, max_size=9
) | st.sampled_from(["general", "history", "a/b", "top/x", " edge ", "$course$/top/y", "\N{NO-BREAK SPACE}"])


@st.composite
def _questions(draw: Draw) -> Question:
    make = draw(st.sampled_from(_KEYS))
    fewest = 2 if make is _ordering else 1
    named = draw(_letters | st.lists(ids, min_size=fewest, max_size=5, unique=True))
    return Question(
        question_id=draw(ids),
        text=draw(texts),
        key=make(draw, named),
        title=draw(optional),
        text_format=draw(st.sampled_from(["plain", "markdown", "html", "moodle"])),
        category=draw(_categories),
        difficulty=draw(st.integers(1, 5)),
        options=tuple(Option(id=option, text=draw(texts)) for option in named),
        points=draw(strategies.points),
        tags=tuple(draw(st.lists(texts, max_size=3))),
        explanation=draw(optional),
        media_key=draw(st.none() | optional),
        version=draw(st.integers(1, 10**6)),
    )


def _is_valid(question: Question) -> bool:
    """Whether the bank itself would take it; the longest texts here are far below its limits."""
    return msgspec.convert(msgspec.to_builtins(question, builtin_types=(Decimal,)), Question) == question


questions = _questions().filter(_is_valid)
