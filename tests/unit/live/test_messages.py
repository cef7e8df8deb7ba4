"""The protocol: every message encodes, names what it is, and gives no key away."""

import json
from random import Random
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.live import messages, wishes
from quiz.live.clock import Action, Trigger, advance
from quiz.live.games import Game, Phase, wire_time
from quiz.live.messages import (
    ServerMessage,
    asked,
    encode,
    new_question,
    state_of,
)
from quiz.live.names import UserInfo
from quiz.live.standings import Counts, Row, ShownName
from quiz.public import public
from quiz.questions import Question
from tests.unit.live.support import NOW, game
from tests.unit.strategies import questions

QUESTION = messages.Asked("q1", "single_choice", "?", "plain", (), (), False, 20, None)
ROW = Row(1, "p1", 12, ShownName("Ada"))
YOU = messages.You(1, 12, 12, True)
COMMON: dict[str, Any] = {"game_id": "g", "version": 3, "index": 0, "total": 2}
WHEN: dict[str, Any] = {"opens_at": wire_time(NOW), "closes_at": wire_time(NOW + 1), "server_time": wire_time(NOW)}

EXAMPLES: dict[str, ServerMessage] = {
    "quiz_joined": messages.QuizJoined(
        quiz_id="quiz", join_code="123456", title="", phase="open", paused=False, question=QUESTION, **COMMON, **WHEN
    ),
    "new_question": messages.NewQuestion(question=QUESTION, **COMMON, **WHEN),
    "question_closing": messages.QuestionClosing(game_id="g", version=3, index=0, closes_at="", server_time=""),
    "answer_accepted": messages.AnswerAccepted(game_id="g", question_id="q1", request_id="r"),
    "question_closed": messages.QuestionClosed(
        question_id="q1",
        correct_answer="a",
        explanation="",
        counts=Counts(1, 1, 1, {'"a"': 1}),
        leaderboard=(ROW,),
        you=YOU,
        **COMMON,
    ),
    "game_state": state_of(game()),
    "quiz_paused": messages.QuizPaused(game_id="g", version=3, paused=False),
    "quiz_ended": messages.QuizEnded(game_id="g", version=3, players=1, leaderboard=(ROW,), you=YOU),
    "kicked": messages.Kicked(game_id="g"),
    "leaderboard": messages.Leaderboard(game_id="g", rows=(ROW,)),
    "pong": messages.Pong(server_time=wire_time(NOW)),
    "error": messages.ErrorMessage(error="too_late", message="the question is closed", request_id="r"),
}


def test_every_message_of_the_server_is_tried() -> None:
    assert {type(message) for message in EXAMPLES.values()} == set(ServerMessage.__subclasses__())


@pytest.mark.parametrize("kind", EXAMPLES)
def test_a_message_says_what_it_is(kind: str) -> None:
    told = json.loads(encode(EXAMPLES[kind]))
    assert told["type"] == kind
    assert encode(msgspec.json.decode(encode(EXAMPLES[kind]), type=type(EXAMPLES[kind]))) == encode(EXAMPLES[kind])


@pytest.mark.parametrize("model", [*get_args(wishes.PlayerMessage), *get_args(wishes.AnyHostMessage)])
def test_a_message_of_a_client_takes_no_field_that_it_does_not_know(model: type[msgspec.Struct]) -> None:
    known = {
        "quiz_id": "quiz",
        "question_id": "q1",
        "answer": 1,
        "participant_id": "p1",
        "user_info": {"name": "Ada"},
        "version": 3,
        "request_id": "r",
    }
    fields = {name: value for name, value in known.items() if name in model.__struct_fields__}
    text = {"action": model.__struct_config__.tag, **fields}
    assert msgspec.convert(text, model)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**text, "score": 1}, model)


def test_a_name_is_bounded_before_it_is_looked_at() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"name": "x" * 201}, UserInfo)


def opened() -> Game:
    it = advance(game(), Trigger("", Action.START), NOW)
    assert it is not None
    return it


@given(questions, st.randoms(use_true_random=False))
def test_a_question_is_shown_without_its_key(question: Question, chance: Random) -> None:
    it = opened()
    text = encode(new_question(it, asked(public(question, chance), it), NOW))
    told = json.loads(text)
    assert told["question"].keys() == set(messages.Asked.__struct_fields__)
    assert told.keys() == {"type", "game_id", "version", "question", "index", "total", *WHEN}
    assert not {"key", "correct", "explanation", "accepted", "partial", "order", "pairs"} & told["question"].keys()


def test_a_question_says_when() -> None:
    it = opened()
    told = new_question(it, QUESTION, NOW)
    assert (told.opens_at, told.closes_at) == ("2026-09-21T14:13:20.500Z", "2026-09-21T14:13:40.500Z")
    assert (told.index, told.total, told.version) == (0, 3, 2)


@given(st.integers(0, 4_000_000_000_000))
def test_times_are_told_to_the_millisecond(moment: int) -> None:
    text = wire_time(moment)
    assert len(text) == len("2026-09-21T14:13:20.500Z")
    assert int(text[-4:-1]) == moment % 1000


def test_the_state_of_a_game_is_all_that_a_host_needs() -> None:
    state = state_of(opened(), "r1")
    assert (state.request_id, state.phase, state.index, state.join_code) == ("r1", str(Phase.OPEN), 0, "123456")
