"""What the demo shows of a live quiz, and when it says that points differ."""

import asyncio
import io
from collections.abc import Mapping

import pytest
from rich.console import Console

from quiz.live.messages import Asked, QuestionClosed
from quiz.live.settings import LiveSettings
from quiz.live.standings import Counts, Row, ShownName
from tests.unit.tools.live_server import StandIn, running
from tools.demo import live
from tools.demo.live_board import Moment, picture, podium, spelled
from tools.demo.live_check import Check
from tools.demo.live_screen import Screen
from tools.live.people import Person
from tools.stack import bank

_OPTIONS = ({"id": "a", "text": "Sydney"}, {"id": "b", "text": "Canberra"})
_ASKED = Asked("q", "single_choice", "What is the capital of Australia?", "plain", _OPTIONS, (), False, 20, None)
_ROWS = (Row(1, "ada", 1900, ShownName("Ada [x]")), Row(2, "ben", 950, ShownName("Ben")))
_REVEAL = QuestionClosed(
    game_id="g",
    version=3,
    question_id="q",
    index=0,
    total=5,
    correct_answer="b",
    explanation="",
    counts=Counts(players=3, answered=2, correct=1, answers={}),
    leaderboard=_ROWS,
)


def shown(thing: object) -> str:
    console = Console(file=io.StringIO(), width=90, record=True)
    console.print(thing)
    return console.export_text()


def test_an_open_question_shows_who_stands_where_and_what_they_gained() -> None:
    moment = Moment(
        index=0,
        total=5,
        players=3,
        question=_ASKED,
        before={"ada": 900, "ben": 950},
        rows=_ROWS,
        answered=1,
        seconds_left=7.6,
    )
    text = shown(picture(moment))
    assert "Question 1 of 5" in text
    assert "Sydney / Canberra" in text
    assert "1 of 3 answered, 8 s left" in text
    ada, ben = (line for line in text.splitlines() if "Ada [x]" in line or "Ben" in line)
    assert ada.split() == ["1", "Ada", "[x]", "█" * 34, "1,900", "+1,000"]
    assert ben.split() == ["2", "Ben", "█" * 17, "950", "-"]


def test_a_closed_question_shows_its_answer() -> None:
    text = shown(picture(Moment(index=0, total=5, players=3, question=_ASKED, rows=_ROWS, reveal=_REVEAL)))
    assert "Right: Canberra" in text
    assert "2 of 3 answered, 1 of them right" in text


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("b", "Canberra"),
        (["a", "b"], "Sydney, Canberra"),
        ({"a": "NSW"}, "Sydney: NSW"),
        (True, "true"),
        (3.14, "3.14"),
        ({"minimum": 1, "maximum": None}, "minimum: 1, maximum: None"),
    ],
)
def test_right_answers_are_shown_in_words(answer: object, words: str) -> None:
    assert spelled(answer, _ASKED) == words


def test_nobody_played_and_nobody_won() -> None:
    assert "The best of 0 players" in shown(podium((), 0))
    assert "Question 1 of 1" in shown(picture(Moment(index=0, total=1, players=0)))


def _check(**places: Mapping[str, int]) -> Check:
    return Check({"ada": 3, "ben": 0}, places)


def test_points_that_agree_everywhere_are_told_in_one_line() -> None:
    same = {"ada": 3, "ben": 0}
    check = _check(table=same, leaderboard=same, export=same)
    assert check.differing == []
    assert (
        check.line == "points of 2 players: accepted 3 = table 3 = leaderboard 3 = export 3, the same for every player"
    )


@pytest.mark.parametrize("other", [{"ada": 3}, {"ada": 0, "ben": 3}, {"ada": 3, "ben": 0, "eve": 0}])
def test_one_player_who_differs_anywhere_is_named(other: Mapping[str, int]) -> None:
    check = _check(table={"ada": 3, "ben": 0}, export=other)
    assert check.differing
    assert "differ" in check.line
    assert len(set(check.of(check.differing[0]).values())) > 1


@pytest.mark.long
@pytest.mark.parametrize("is_terminal", [False, True])
def test_a_whole_game_without_a_stack(is_terminal: bool) -> None:
    settings = LiveSettings(pacing="manual", time_limit=5, lead_ms=0, grace_ms=0)
    console = Console(file=io.StringIO(), force_terminal=is_terminal, width=90)
    people = [Person(f"player-{number}", f"player-{number}", f"player-{number}") for number in range(12)]

    async def evening() -> tuple[live.Ended, StandIn]:
        async with running(StandIn(("geo-001", "sci-002"), settings)) as server:
            with Screen(console) as screen:
                game = live.Game(server.url, bank.read().by_id(), screen)
                game.delays, game.reveal_seconds = (0, 0.2), 0
                return await game.play(people, "host", "123456"), server

    ended, server = asyncio.run(evening())
    assert ended.accepted == {player.participant_id: player.score for player in server.players.values()}
    assert [row.score for row in ended.rows] == sorted(ended.accepted.values(), reverse=True)[:10]
    text = console.file.getvalue()  # type: ignore[attr-defined]
    assert ("\x1b" in text) == is_terminal
    assert text.count("of them right") >= 2
