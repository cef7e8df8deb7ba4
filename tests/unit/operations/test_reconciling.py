"""Scores that follow from their answers are never called wrong, and others are."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import assume, given, reject
from hypothesis import strategies as st
from msgspec.structs import replace

from adapters.items import from_item
from adapters.sittings import read_sitting
from quiz.inline import inline_definition
from quiz.keys import TrueFalse
from quiz.operations.reconciling import StoredSubmission, player_differs, sitting_differs, submission_differs
from quiz.parsing import decoder
from quiz.questions import Definition, Question
from quiz.sittings import OPEN
from tests.unit.builders import definition, question
from tests.unit.operations.rows import Item, answered, kicked, player, sitting, sitting_row, submission_row
from tests.unit.strategies import answers_to, questions

_encoder = msgspec.json.Encoder(decimal_format="number")
_answers = decoder(dict[str, Any])

_unique = st.lists(questions, min_size=1, max_size=5, unique_by=lambda each: each.question_id)
answers_given = st.lists(st.tuples(st.sampled_from(["a", "b", "c", "nonsense"]), st.integers(0, 30_000)), max_size=6)


def stored(row: Item, **changes: Any) -> StoredSubmission:
    return msgspec.convert({**from_item(row), **changes}, StoredSubmission)


@st.composite
def submitted(draw: Any) -> tuple[Definition, dict[str, Any]]:
    """A quiz, and any answers at all to some of its questions, and to one that it does not ask."""
    asked = draw(_unique)
    answers = {each.question_id: draw(answers_to(each)) for each in asked if draw(st.booleans())}
    return definition(*asked), {**answers, "no such": 1}


def edited(draw: Any, asked: Question) -> Question:
    """The question after its author has thought better of it."""
    other: Question = draw(questions)
    return replace(other, question_id=asked.question_id, version=asked.version + 1)


class TestSubmissions:
    @given(submitted())
    def test_what_was_scored_follows(self, given_: tuple[Definition, dict[str, Any]]) -> None:
        asked, answers = given_
        row = stored(_row(asked, answers))
        assert submission_differs(row, asked) == ()
        assert submission_differs(row, None) == ()

    @given(submitted(), st.data())
    def test_edited_questions_make_no_score_wrong(
        self, given_: tuple[Definition, dict[str, Any]], data: st.DataObject
    ) -> None:
        asked, answers = given_
        row = stored(_row(asked, answers))
        later = tuple(edited(data.draw, each) if data.draw(st.booleans()) else each for each in asked.questions)
        assert submission_differs(row, Definition(asked.quiz, later)) == ()

    @given(submitted(), st.data())
    def test_nor_does_a_newer_version_of_the_quiz_or_another_under_its_id(
        self, given_: tuple[Definition, dict[str, Any]], data: st.DataObject
    ) -> None:
        asked, answers = given_
        row = stored(_row(asked, answers))
        others = tuple(data.draw(_unique))
        ids = tuple(each.question_id for each in others)
        assert submission_differs(row, Definition(replace(asked.quiz, question_ids=ids, version=2), others)) == ()
        assume(set(ids) != set(asked.quiz.question_ids))
        assert submission_differs(row, Definition(replace(asked.quiz, question_ids=ids), others)) == ()

    @given(
        st.dictionaries(
            st.text("abc", min_size=1, max_size=3), st.booleans() | st.integers() | st.text(min_size=1), min_size=1
        ),
        st.data(),
    )
    def test_nor_does_a_key_that_came_along(self, key: dict[str, Any], data: st.DataObject) -> None:
        asked = inline_definition("quiz", key)
        answers = {each: data.draw(st.sampled_from([right, "wrong"])) for each, right in key.items()}
        row = _row(asked, answers)
        assert submission_differs(stored(row), None) == ()
        higher = from_item(row)["score"] + 1
        assert "score" in submission_differs(stored(row, score=higher), None)

    @given(submitted(), st.decimals(-10_000, 10_000, places=4))
    def test_another_score_is_found(self, given_: tuple[Definition, dict[str, Any]], score: Decimal) -> None:
        asked, answers = given_
        row = _row(asked, answers)
        assume(from_item(row)["score"] != score)
        assert submission_differs(stored(row, score=score), asked) == ("score",)

    @given(submitted(), st.sampled_from(["max_score", "percentage"]), st.decimals(0, 100, places=2))
    def test_so_is_another_sum(self, given_: tuple[Definition, dict[str, Any]], name: str, value: Decimal) -> None:
        asked, answers = given_
        row = _row(asked, answers)
        assume(from_item(row)[name] != value)
        assert submission_differs(stored(row, **{name: value}), asked) == (name,)

    def test_so_are_answers_that_were_changed_afterwards(self) -> None:
        row = submission_row(definition(), {"q1": False})
        assert submission_differs(stored(row, answers='{"q1":true}'), definition()) == ("fingerprint",)
        assert submission_differs(stored(row, quiz_id="other"), None) == ("fingerprint",)

    def test_so_is_a_right_answer_that_earned_nothing(self) -> None:
        wrong = {"shares": {"q1": 0}, "score": 0, "percentage": 0}
        row = stored(submission_row(definition(), {"q1": True}), **wrong)
        assert submission_differs(row, definition()) == ("shares", "score", "percentage")
        # Nobody knows what the question was that it answered.
        assert submission_differs(row, None) == ()

    @pytest.mark.parametrize("shares", [{}, {"q1": 2}, {"q1": -1}])
    def test_so_are_shares_that_cannot_be(self, shares: Mapping[str, int]) -> None:
        row = submission_row(definition(), {"q1": True})
        assert submission_differs(stored(row, shares=shares), None) == ("shares",)

    def test_of_one_edited_question_the_points_are_known_by_the_rest(self) -> None:
        asked = definition(question(points=2), question(question_id="q2", points=3))
        row = submission_row(asked, {"q1": True, "q2": True})
        first, second = asked.questions
        later = Definition(asked.quiz, (first, replace(second, points=Decimal(99), key=TrueFalse(False), version=2)))
        assert submission_differs(stored(row), later) == ()
        assert submission_differs(stored(row, score=4, percentage=80), later) == ("score",)

    @pytest.mark.parametrize(
        "change", [{"score": 4}, {"max_score": 6}, {"percentage": 50}, {"score": 6, "percentage": 120}]
    )
    def test_without_the_quiz_full_marks_are_still_everything(self, change: Mapping[str, int]) -> None:
        asked = definition(question(points=2), question(question_id="q2", points=3))
        row = submission_row(asked, {"q1": True, "q2": True})
        assert submission_differs(stored(row), None) == ()
        assert submission_differs(stored(row, **change), None) != ()


class TestSittings:
    @given(_unique, st.data())
    def test_what_was_scored_follows(self, asked: list[Question], data: st.DataObject) -> None:
        answers = {each.question_id: data.draw(answers_to(each)) for each in asked}
        assert sitting_differs(read_sitting(sitting_row(asked, _through_json(answers)))) == ()

    @pytest.mark.parametrize(
        "change",
        [
            {"score": 1},
            {"total": 3},
            {"percentage": Decimal("33.33")},
            {"shares": [1, 0]},
            {"earned": [1, 0]},
            {"category_scores": {"general": [1, 2]}},
            {"fingerprint": "f" * 64},
        ],
    )
    def test_what_was_changed_is_named(self, change: dict[str, Any]) -> None:
        row = sitting_row([question(), question(question_id="q2")], {"q1": True, "q2": True})
        sitting_ = msgspec.convert({**from_item(row), **change}, type(sitting([])))
        assert sitting_differs(sitting_) == tuple(change)

    def test_answers_that_were_changed_change_everything(self) -> None:
        row = read_sitting(sitting_row([question()], {"q1": False}))
        assert "score" in sitting_differs(replace(row, answers='{"q1":true}'))

    def test_one_that_closed_long_ago_is_judged_all_the_same(self) -> None:
        done = read_sitting(sitting_row([question()], {"q1": True}))
        assert done.closes_at is not None
        assert sitting_differs(done) == ()
        assert done.state != OPEN


class TestPlayers:
    @given(answers_given, st.booleans())
    def test_what_was_counted_follows(self, answers: list[tuple[str, int]], sent_away: bool) -> None:
        one = player(answers)
        assert player_differs(kicked(one) if sent_away else one) == ()

    @given(answers_given, st.integers(-5_000, 5_000).filter(bool))
    def test_points_from_nowhere_are_found(self, answers: list[tuple[str, int]], points: int) -> None:
        one = player(answers)
        assert player_differs(replace(one, score=one.score + points)) == ("score",)
        assert player_differs(replace(one, rank_score=one.rank_score + points)) == ("rank_score",)

    @given(answers_given.filter(bool), st.data())
    def test_an_answer_that_counts_twice_or_not_at_all_is_found(
        self, answers: list[tuple[str, int]], data: st.DataObject
    ) -> None:
        one = player(answers)
        question_id = data.draw(st.sampled_from(list(one.answers)))
        assume(one.answers[question_id].points)
        lost = {each: record for each, record in one.answers.items() if each != question_id}
        assert player_differs(replace(one, answers=lost)) == ("score", "rank_score")
        twice = {**one.answers, "again": one.answers[question_id]}
        assert player_differs(replace(one, answers=twice)) == ("score", "rank_score")

    def test_somebody_who_was_sent_away_but_ranks_is_found(self) -> None:
        one = player([("a", 10)])
        assert player_differs(replace(one, kicked=True)) == ("rank_score",)
        assert player_differs(replace(kicked(one), kicked=False)) == ("rank_score",)

    def test_every_state_between_two_answers_follows(self) -> None:
        one = player()
        for number in range(5):
            assert player_differs(one) == ()
            one = answered(one, "abca "[number], 1_000 * number)
        assert one.score > 0


def _row(asked: Definition, answers: Mapping[str, Any]) -> Item:
    return submission_row(asked, _through_json(answers))


def _through_json(answers: Mapping[str, Any]) -> Any:
    """What a client can send, as it is read: no NaN, no infinity, and no text that UTF-8 has no bytes for."""
    try:
        return _answers.decode(_encoder.encode(answers))
    except (ValueError, OverflowError, msgspec.MsgspecError):
        reject()
