"""Bodies made to hurt: depth, digits and exponents that no quiz needs."""

import pytest

from quiz.errors import InvalidInput, MalformedJson, Rejected
from quiz.submissions import MAX_BYTES, evaluate, parse
from tests.unit.builders import NOW, body_with_answer, definition


def _nested(levels: int) -> str:
    return "[" * levels + "]" * levels


def test_sixteen_levels_are_deep_enough_for_any_answer() -> None:
    assert parse(body_with_answer(_nested(15))).answers


@pytest.mark.parametrize("piece", [_nested(17), '{"a":' * 17 + "1" + "}" * 17])
def test_seventeen_levels_are_too_deep(piece: str) -> None:
    with pytest.raises(InvalidInput, match="nested deeper"):
        parse(body_with_answer(piece))


@pytest.mark.parametrize("levels", [1_000, 100_000])
def test_a_bottomless_answer_is_refused_before_it_is_built(levels: int) -> None:
    with pytest.raises(MalformedJson):
        parse(body_with_answer(_nested(levels)))


@pytest.mark.parametrize(
    "text",
    [
        _nested(100_000),
        "[" * 200_000,
        '{"deep": ' + _nested(100_000) + "}",
        '{"schema_version": 2, "deep": ' + _nested(100_000) + "}",
        '{"schema_version": ' + _nested(100_000) + "}",
        '{"answers": ' + _nested(100_000) + "}",
        '{"correct_answers": ' + '{"a":' * 20_000 + "1" + "}" * 20_000 + "}",
    ],
    ids=["list", "open", "unknown field", "other version", "version", "answers", "key"],
)
def test_depth_anywhere_is_rejected(text: str) -> None:
    with pytest.raises(Rejected):
        parse(text)


@pytest.mark.parametrize(
    "number",
    ["1e999999999999", "-1e999999999999", "1e-999999999999", "1e400", "1e41", "0.1" + "0" * 50, "1." + "1" * 5000],
)
def test_an_absurd_number_stays_text_and_is_wrong(number: str) -> None:
    submission = parse(body_with_answer(number))
    assert submission.answers == {"q1": number}
    assert evaluate(submission, definition(), NOW).score.earned == 0


def test_an_integer_of_5000_digits_is_refused() -> None:
    with pytest.raises(InvalidInput, match="out of range"):
        parse(body_with_answer("1" * 5000))


def test_an_integer_of_4000_digits_is_kept_and_wrong() -> None:
    scored = evaluate(parse(body_with_answer("1" * 4000)), definition(), NOW)
    assert scored.submission.answers_json == '{"q1":' + "1" * 4000 + "}"
    assert scored.score.earned == 0


def test_answers_that_grow_when_spelt_out_are_still_bounded() -> None:
    # GIVEN a body within the limit, of numbers that are eight times as long when written without an exponent
    text = body_with_answer("[" + ",".join(["1e40"] * 50_000) + "]")
    assert len(text) < MAX_BYTES
    # THEN the result does not outgrow the item that has to hold it
    with pytest.raises(Rejected):
        evaluate(parse(text), definition(), NOW)
