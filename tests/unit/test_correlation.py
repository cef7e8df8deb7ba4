"""One id goes with the work, and nothing that is known of one piece of work is said of another."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Barrier
from typing import Any

import pytest

from adapters.correlation import about, apart, attributes, correlation_id, fields, of_event, of_record

GOOD = ["a", "A1._-", "JKJaXmPLvHcESHA=", "x" * 64, "7f3d2a10-0000-4000-8000-000000000001"]
BAD = ["", " ", "a b", "a\nb", 'a"b', "a=b", "=", "===", "é", "x" * 65, "a\n", None, 7, ["a"], "{}", "../etc"]


def in_new_context(work: Callable[[], Any]) -> Any:
    return copy_context().run(work)


def known_before(name: str) -> dict[str, str]:
    """What was known before the name was."""
    before = dict(fields())
    about(**{name: "x"})
    return before


def request(given: Any = None, name: str = "x-correlation-id", **place: Any) -> dict[str, Any]:
    return {"headers": {"host": "h", name: given}, "requestContext": {"requestId": "JKJaXmPLvHcESHA=", **place}}


@pytest.mark.parametrize("given", GOOD)
@pytest.mark.parametrize("name", ["x-correlation-id", "X-Correlation-Id"])
def test_a_request_goes_under_the_id_that_its_client_chose(given: str, name: str) -> None:
    assert of_event(request(given, name), "lambda") == given


@pytest.mark.parametrize("given", BAD)
def test_an_id_that_is_none_is_not_taken(given: Any) -> None:
    assert of_event(request(given), "lambda") == "JKJaXmPLvHcESHA="
    assert of_record({"messageId": "m1", "messageAttributes": {"correlation_id": {"stringValue": given}}}) == "m1"
    assert of_record({"eventID": "e1", "dynamodb": {"NewImage": {"correlation_id": {"S": given}}}}) == "e1"
    assert of_event({"id": given}, "lambda") == "lambda"


def message(message_id: str, given: Any = None) -> dict[str, Any]:
    attribute = {"correlation_id": {"stringValue": given, "dataType": "String"}} if given else {}
    return {"messageId": message_id, "messageAttributes": attribute}


def change(event_id: str, **row: Any) -> dict[str, Any]:
    return {"eventID": event_id, "dynamodb": {"NewImage": {name: {"S": value} for name, value in row.items()}}}


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (request(None), "JKJaXmPLvHcESHA="),
        ({"requestContext": {"requestId": "ws"}}, "ws"),
        ({"requestContext": None}, "lambda"),
        ({"requestContext": {}, "headers": None}, "lambda"),
        ({"Records": [message("m1", "c1")]}, "c1"),
        ({"Records": [message("m1")]}, "m1"),
        ({"Records": [{"messageId": "m1"}]}, "m1"),
        ({"Records": [change("e1", correlation_id="c1")]}, "c1"),
        ({"Records": [change("e1")]}, "e1"),
        ({"Records": [{"eventID": "e1", "dynamodb": {"Keys": {}}}]}, "e1"),
        ({"Records": [{"Sns": {"MessageId": "s1"}}]}, "s1"),
        ({"Records": [{}]}, "lambda"),
        # Of several no one stands for all; each has its own.
        ({"Records": [message("m1", "c1"), message("m2", "c2")]}, "lambda"),
        ({"Records": []}, "lambda"),
        ({"id": "event-1", "source": "quiz.platform"}, "event-1"),
        ({}, "lambda"),
        ([], "lambda"),
        (None, "lambda"),
        ("text", "lambda"),
    ],
)
def test_what_a_function_was_invoked_for_has_an_id(event: Any, expected: str) -> None:
    assert of_event(event, "lambda") == expected


def test_what_is_said_adds_up_and_nothing_takes_away() -> None:
    def work() -> dict[str, str]:
        about(quiz_id="q", game_id="g")
        about(quiz_id="r", game_id=None, session_id="")
        return dict(fields())

    assert in_new_context(work) == {"quiz_id": "r", "game_id": "g"}


def test_messages_carry_the_id_of_the_work() -> None:
    def work() -> dict[str, Any]:
        about(correlation_id="c1")
        assert correlation_id() == "c1"
        return attributes()

    assert in_new_context(work) == {"correlation_id": {"DataType": "String", "StringValue": "c1"}}
    # Outside of an invocation there is none.
    assert (correlation_id(), attributes()) == ("", {})


def test_threads_know_what_was_known_and_keep_what_they_find_to_themselves() -> None:
    # GIVEN as many threads as pieces of work, which all wait for each other between the two things that they learn
    number = 8
    barrier = Barrier(number, timeout=10)

    def piece(position: int) -> dict[str, str]:
        about(correlation_id=f"c{position}")
        barrier.wait()
        about(quiz_id=f"q{position}")
        barrier.wait()
        return dict(fields())

    def work() -> tuple[list[dict[str, str]], dict[str, str]]:
        about(request_id="r1", correlation_id="r1")
        with ThreadPoolExecutor(number) as pool:
            return list(pool.map(apart(piece), range(number))), dict(fields())

    pieces, afterwards = in_new_context(work)
    assert pieces == [{"request_id": "r1", "correlation_id": f"c{i}", "quiz_id": f"q{i}"} for i in range(number)]
    assert afterwards == {"request_id": "r1", "correlation_id": "r1"}


def test_a_thread_that_is_used_again_has_forgotten() -> None:
    def work() -> list[dict[str, str]]:
        about(request_id="r1")
        with ThreadPoolExecutor(1) as pool:
            return list(pool.map(apart(known_before), ["quiz_id", "game_id"]))

    assert in_new_context(work) == [{"request_id": "r1"}] * 2


def test_one_piece_after_the_other_in_the_same_thread_is_kept_apart_too() -> None:
    def work() -> list[dict[str, str]]:
        about(request_id="r1")
        run = apart(known_before)
        return [run("quiz_id"), run("game_id")]

    assert in_new_context(work) == [{"request_id": "r1"}] * 2
