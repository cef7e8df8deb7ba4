"""One question a line, numbers to the last digit."""

from decimal import Decimal

import pytest

from quiz.keys import Numeric
from tests.unit.bank.support import key, only, refusals
from tools.bank.identity import content_id

KEY = '"key": {"type": "true_false", "correct": true}'


def test_a_question_without_an_id_is_named_after_its_content() -> None:
    question = only("jsonl", f'{{"text": "Is it?", {KEY}}}')
    assert question.question_id == content_id(question)


def test_numbers_keep_their_digits() -> None:
    long = "3.14159265358979323846264338327950288"
    numeric = key("jsonl", f'{{"text": "Pi?", "key": {{"type": "numeric", "accepted": [{{"value": {long}}}]}}}}')
    assert isinstance(numeric, Numeric)
    assert numeric.accepted[0].value == Decimal(long)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ("[1]", "not a JSON object"),
        (f'{{"text": "", {KEY}}}', "length >= 1 - at `$.text`"),
        (f'{{"text": "?", "hint": "?", {KEY}}}', "unknown field `hint`"),
        (f'{{"text": "?", "exact": "{{}}", {KEY}}}', "unknown field `exact`"),
        (f'{{"text": "?", "points": NaN, {KEY}}}', "points"),
        (f'{{"text": "half a character: \\ud800", {KEY}}}', "surrogates"),
        (f'{{"text": "?", "points": 1{"0" * 5000}, {KEY}}}', "not JSON"),
    ],
)
def test_a_bad_line_is_refused_and_the_rest_is_read(line: str, reason: str) -> None:
    good = f'{{"text": "Is it?", {KEY}}}'
    [(number, said)] = refusals("jsonl", f"{good}\n\n{line}\n{good}\n")
    assert number == 3
    assert reason in said
