import pytest
from msgspec.structs import replace

from quiz.practice.pools import Entry
from quiz.practice.practising import NextAction, chosen, named, penalty, practise, remembering
from quiz.practice.sessions import Asked, Session
from tests.unit.practice.support import pool, session

ASKED = Asked(place=3, question_id="q3", origin="new", step=1)


def asking(asked: Asked, entries: str = "", new: int = 10) -> Session:
    return session(new, asked=asked, pool=entries, new_asked=5)


@pytest.mark.parametrize(("tries", "text"), [(0, None), (1, "(+1 Question @ 1 Try)"), (2, "(+1 Question @ 2 Tries)")])
def test_penalty(tries: int, text: str | None) -> None:
    assert penalty(tries) == text


@pytest.mark.parametrize("misses", [0, 1, 5])
def test_a_wrong_answer_asks_again(misses: int) -> None:
    asked = replace(ASKED, misses=misses)
    after = practise(asking(asked), asked, False)
    assert after.next_action == NextAction.RETRY
    assert after.session.asked == replace(asked, misses=misses + 1, step=2)
    assert (after.tries, after.is_first, after.is_mastered) == (2, misses == 0, False)
    assert not after.session.pool


def test_right_at_once_is_mastered() -> None:
    after = practise(asking(ASKED), ASKED, True)
    assert (after.tries, after.is_first, after.is_mastered) == (0, True, True)
    assert (after.session.mastered, after.session.pool, after.session.asked) == (1, "", None)


def test_right_at_last_enters_the_pool_as_its_newest() -> None:
    asked = replace(ASKED, misses=4)
    after = practise(asking(asked, pool((1, 1))), asked, True)
    assert list(after.session.wrong_pool) == [Entry(1, 1), Entry(3, 2)]
    assert (after.tries, after.is_first, after.session.mastered) == (2, False, 0)


def test_right_from_the_pool_counts_down() -> None:
    asked = replace(ASKED, origin="pool")
    after = practise(asking(asked, pool((3, 2), (4, 2))), asked, True)
    assert list(after.session.wrong_pool) == [Entry(3, 1), Entry(4, 2)]
    assert (after.tries, after.is_mastered) == (1, False)
    last = practise(replace(after.session, asked=asked), asked, True)
    assert list(last.session.wrong_pool) == [Entry(4, 2)]
    assert (last.tries, last.is_mastered, last.is_first) == (0, True, False)


def test_wrong_from_the_pool_begins_anew() -> None:
    asked = replace(ASKED, origin="pool")
    after = practise(asking(asked, pool((3, 1), (4, 2))), asked, False)
    assert after.session.wrong_pool.of(3) == Entry(3, 2)
    again = after.session.asked
    assert again is not None
    right = practise(after.session, again, True)
    assert right.session.wrong_pool.of(3) == Entry(3, 2)
    assert right.tries == 2


def test_the_last_question_completes_the_session() -> None:
    last = session(1, asked=replace(ASKED, place=0), new_asked=1)
    after = practise(last, replace(ASKED, place=0), True)
    assert after.next_action == NextAction.COMPLETE
    ended, pick = chosen(after.session, 0)
    assert pick is None
    assert named(ended, pick, "").is_complete


def test_what_is_chosen_is_taken_out_of_what_is_left() -> None:
    begun = session(2)
    one, first = chosen(begun)
    shown = named(one, first, "q")
    assert first is not None
    assert shown.asked == Asked(first.place, "q", "new", 1)
    assert shown.remaining == 1


def test_what_was_due_moves_its_own_cursor() -> None:
    one, pick = chosen(session(0, 2, "spaced"))
    assert (one.new_asked, one.due_asked, one.remaining) == (0, 1, 1)
    assert pick is not None


def test_what_comes_from_the_pool_moves_no_cursor() -> None:
    full = session(2, new_asked=2, pool=pool((1, 2)))
    assert chosen(full)[0] == full


def test_the_answer_is_remembered_with_the_version_that_it_named() -> None:
    after = practise(asking(ASKED), ASKED, True)
    last = remembering(after, after.session, "print", "well done").last
    assert last is not None
    assert (last.question_id, last.fingerprint, last.version, last.feedback) == ("q3", "print", 1, "well done")
    assert (last.correct, last.next_action, last.tries) == (True, "NEXT_QUESTION", 0)
