"""How a question was answered, in numbers."""

from decimal import Decimal

from quiz.live.standings import Counts, Standing, counts


def standing(number: int, index: int, answer: str, share: str) -> Standing:
    return Standing(f"p{number}", "A", 0, Decimal(number), index, answer, 0, Decimal(share))


def test_only_answers_to_this_question_are_counted() -> None:
    told = counts(
        [
            standing(1, 2, '"a"', "1"),
            standing(2, 2, '"b"', "0.5"),
            standing(3, 2, '"a"', "1"),
            standing(4, 1, '"a"', "1"),
            standing(5, -1, "", "0"),
        ],
        2,
    )
    assert told == Counts(players=5, answered=3, correct=2, answers={'"a"': 2, '"b"': 1})


def test_nobody_played() -> None:
    assert counts([], 0) == Counts(0, 0, 0, {})


def test_of_many_answers_the_commonest_are_told() -> None:
    many = [standing(number, 0, f'"{number // 2 if number < 8 else number}"', "0") for number in range(60)]
    told = counts(many, 0)
    assert told.answered == 60
    assert len(told.answers) == 20
    assert list(told.answers)[:4] == ['"0"', '"1"', '"2"', '"3"']
