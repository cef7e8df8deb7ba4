"""A change says which version it was made from, and the first of two wins."""

from typing import TYPE_CHECKING

import pytest

from tests.unit.api.authoring import (
    CHANGE_QUESTION,
    DELETE_QUESTION,
    READ_QUESTION,
    add_question,
    change_question,
    delete_question,
    question,
)
from tests.unit.api.driver import call
from tests.unit.builders import Calls

if TYPE_CHECKING:
    pass


def test_a_version_in_the_body_is_ignored(api: Calls) -> None:
    assert add_question(version=7).body["version"] == 1
    assert call(CHANGE_QUESTION, question(version=9), headers={"if-match": "1"}).body["version"] == 2


@pytest.mark.parametrize("key", [CHANGE_QUESTION, DELETE_QUESTION])
@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (None, 428, "version_missing"),
        ('"2"', 412, "stale_version"),
        ("0", 412, "stale_version"),
        ("1" * 15, 412, "stale_version"),
        ("", 400, "invalid_input"),
        ("*", 400, "invalid_input"),
        ('"one"', 400, "invalid_input"),
        ("-1", 400, "invalid_input"),
        ('"1", "2"', 400, "invalid_input"),
        ("9" * 5000, 400, "invalid_input"),
        ("\N{ARABIC-INDIC DIGIT ONE}", 400, "invalid_input"),
    ],
)
def test_a_change_has_to_say_which_version_it_was_made_from(
    key: str, sent: str | None, status: int, code: str, api: Calls
) -> None:
    before = add_question().body
    reply = call(key, question(text="New."), headers={} if sent is None else {"if-match": sent})
    assert (reply.status, reply.error) == (status, code)
    assert call(READ_QUESTION).body == before


@pytest.mark.parametrize("sent", ['"1"', "1", 'W/"1"', ' "1" '])
def test_the_version_may_be_written_in_any_way_that_clients_do(sent: str, api: Calls) -> None:
    add_question()
    assert call(CHANGE_QUESTION, question(text="New."), headers={"if-match": sent}).status == 200


def test_of_two_who_change_the_same_version_the_second_is_told(api: Calls) -> None:
    add_question()
    assert change_question(text="First.").status == 200
    second = change_question(text="Second.")
    assert (second.status, second.error) == (412, "stale_version")
    assert "is at version 2, not 1" in second.body["message"]
    assert delete_question().status == 412
    assert call(READ_QUESTION).body["text"] == "First."


def test_a_change_whose_answer_was_lost_may_be_sent_again(api: Calls) -> None:
    add_question()
    first = change_question(text="New.", points="1.50")
    assert change_question(text="New.", points=1.5).body == first.body
    # THEN only while nobody has gone on from it
    change_question(version=2, text="Newer.")
    assert change_question(text="New.").status == 412
