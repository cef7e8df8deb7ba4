"""Rounds of live quizzes: a host opens games, a player answers, and both look at how it stands."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple

from adapters.live.participants import participant_item
from adapters.live.rows import read_game
from adapters.live.times import now_ms
from quiz.live.games import Game
from quiz.live.participants import new_participant
from tools.bench.latency.calls import Call, Round
from tools.bench.latency.place import Place

_LIVE = {"pacing": "manual", "time_limit": 600, "lead_ms": 0, "reveal_seconds": 1, "expected_players": 1000}
_QUESTIONS = ["geo-001", "sci-002", "hist-001"]


class _Games(NamedTuple):
    """One with an open question, and the id of one that is over."""

    quiz_id: str
    open: Game
    over: str


@contextmanager
def live(place: Place) -> Iterator[Callable[[int], Round]]:
    """In each round the player has not answered yet, and a game more is opened."""
    quiz_id = f"{place.run}-live"
    draft = {"quiz_id": quiz_id, "title": "Live", "question_ids": _QUESTIONS, "live": _LIVE}
    place.ask("POST", "/quizzes", draft)
    try:
        over = _ended(place, quiz_id)
        yield partial(_play, place, _Games(quiz_id, _begun(place, quiz_id), over))
    finally:
        place.sweep("participants", ("participant_id", "game_id"), lambda row: row["quiz_id"]["S"] == quiz_id)
        _sweep_games(place, quiz_id)
        place.teacher.call("DELETE", f"/quizzes/{quiz_id}", headers={"If-Match": '"1"'})


def _play(place: Place, games: _Games, number: int) -> Round:
    game = games.open
    player = new_participant(game, place.student.user_id, "Player", now_ms())
    place.database.put_item(TableName=place.table("participants"), Item=participant_item(player))
    answer = {"quiz_id": game.game_id, "question_id": game.question_ids[0], "answer": "abcd"[number % 4]}
    yield Call("POST /answer", "/answer", answer)
    yield Call("GET /live/{quiz_id}", f"/live/{game.game_id}")
    yield Call("GET /leaderboard/{quiz_id}", f"/leaderboard/{game.game_id}?top=10&around=me")
    yield Call("POST /live/{quiz_id}", f"/live/{games.quiz_id}", {"action": "open"}, "teacher")
    yield Call("GET /live/{quiz_id}/games", f"/live/{games.quiz_id}/games?limit=20", None, "teacher")
    yield Call("GET /live/{quiz_id}/results", f"/live/{games.over}/results", None, "teacher")


def _begun(place: Place, quiz_id: str) -> Game:
    """A game whose first question is open; its board is in Redis, as it is when anybody plays."""
    game_id = _moved(place, quiz_id, "open")["game_id"]
    _moved(place, game_id, "start")
    place.until(lambda: _game(place, game_id)["phase"] == "open")
    item = place.database.get_item(TableName=place.table("games"), Key={"game_id": {"S": game_id}})["Item"]
    return read_game(item)


def _ended(place: Place, quiz_id: str) -> str:
    """A game that was played to its end, with its results written."""
    game_id: str = _moved(place, quiz_id, "open")["game_id"]
    _moved(place, game_id, "start")
    place.until(lambda: _game(place, game_id)["phase"] == "open")
    _moved(place, game_id, "end")
    place.until(lambda: place.teacher.call("GET", f"/live/{game_id}/results").status == 200)
    return game_id


def _moved(place: Place, name: str, action: str) -> Any:
    return place.ask("POST", f"/live/{name}", {"action": action})


def _game(place: Place, game_id: str) -> Any:
    return place.ask("GET", f"/live/{game_id}")


def _sweep_games(place: Place, quiz_id: str) -> None:
    """Games, and what belongs to them under keys that begin with theirs, or lead to them."""
    games = set[str]()
    place.sweep("games", ("game_id",), lambda row: _is_of(row, quiz_id, games))
    place.sweep("games", ("game_id",), lambda row: _belongs(row, quiz_id, games))


def _is_of(row: Any, quiz_id: str, found: set[str]) -> bool:
    if row.get("quiz_id", {}).get("S") != quiz_id:
        return False
    found.add(row["game_id"]["S"])
    return True


def _belongs(row: Any, quiz_id: str, games: set[str]) -> bool:
    name = row["game_id"]["S"]
    return name == f"quiz#{quiz_id}" or name.partition("#")[0] in games or not games.isdisjoint(_texts(row))


def _texts(row: Any) -> set[str]:
    return {value["S"] for value in row.values() if "S" in value}
