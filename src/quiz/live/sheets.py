"""The results of a game as files: JSON for machines, CSV for spreadsheets. The same game is the same bytes."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import msgspec
from msgspec import Raw

from quiz.live.results import GameResults, GivenAnswer, PlayerResult, QuestionResult, ResultFile

# Without it Excel takes UTF-8 for the code page of its country, and garbles names.
_BYTE_ORDER_MARK = "\ufeff"
# A spreadsheet would compute what begins with one of these, wide ones included.
_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")

_encoder = msgspec.json.Encoder(decimal_format="number")
_decode = msgspec.json.Decoder(float_hook=Decimal).decode

Cell = object


def files(results: GameResults) -> Mapping[ResultFile, bytes]:
    """Every file of the game."""
    return {
        ResultFile.RESULTS: _encoder.encode(results),
        ResultFile.PLAYERS: _csv(_player_rows(results)),
        ResultFile.QUESTIONS: _csv(_question_rows(results)),
    }


def _player_rows(results: GameResults) -> Iterator[list[Cell]]:
    parts = ("answer", "points", "share", "time_ms")
    of_questions = [f"q{question.number}_{part}" for question in results.questions for part in parts]
    yield ["rank", "participant_id", "name", "score", "correct", "answered", "accuracy", *of_questions]
    for player in results.players:
        yield [*_player_cells(player), *(cell for one in results.questions for cell in _answer_cells(player, one))]


def _player_cells(player: PlayerResult) -> list[Cell]:
    return [
        *(player.rank, player.participant_id, player.name, player.score),
        *(player.correct, player.answered, player.accuracy),
    ]


def _answer_cells(player: PlayerResult, question: QuestionResult) -> list[Cell]:
    given: GivenAnswer | None = player.answers.get(question.question_id)
    return [None] * 4 if given is None else [_shown(given.answer), given.points, given.share, given.time_ms]


def _question_rows(results: GameResults) -> Iterator[list[Cell]]:
    yield [
        *("number", "question_id", "text", "correct_answer", "players", "answered", "correct"),
        *("accuracy", "average_time_ms", "distribution"),
    ]
    for one in results.questions:
        right = _shown(Raw(_encoder.encode(one.correct_answer)))
        spread = "\n".join(f"{each.count} x {_shown(each.answer)}" for each in one.distribution)
        yield [
            *(one.number, one.question_id, one.text, right, one.players, one.answered, one.correct),
            *(one.accuracy, one.average_time_ms, spread),
        ]


def _shown(answer: Raw) -> Cell:
    """An answer for people: text without quotes, numbers as numbers, everything else as JSON."""
    value: Any = _decode(answer)
    is_plain = isinstance(value, str | int | Decimal) and not isinstance(value, bool)
    return value if is_plain else bytes(answer).decode()


def _csv(rows: Iterable[list[Cell]]) -> bytes:
    text = io.StringIO()
    text.write(_BYTE_ORDER_MARK)
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([_harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue().encode()


def _harmless(text: str) -> str:
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
