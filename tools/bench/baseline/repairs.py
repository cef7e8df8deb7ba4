"""The smallest changes of the original handlers with which they do what they were written for.

Each is a piece of text that is put in another's place. `PLACED` are no repairs: they say where the Redis is that the
measurement runs against. A piece that an implementation does not have is left alone: it may do that right already.
"""

from typing import NamedTuple


class Piece(NamedTuple):
    """A text, what takes its place, and why the handler fails without it."""

    text: str
    instead: str
    why: str


_DECIMAL = "a number out of the table is a Decimal, which json does not write"
_FLOAT = "DynamoDB takes no float"

PLACED = {
    name: (Piece("port=6379", "port=int(os.environ['REDIS_PORT'])", "where Redis is"),)
    for name in ("live/answer_validator.py", "live/leaderboard_handler.py")
}

REPAIRS: dict[str, tuple[Piece, ...]] = {
    "generate/index.py": (
        Piece(
            "'message': 'Quiz generated successfully'\n            })",
            "'message': 'Quiz generated successfully'\n            }, default=int)",
            _DECIMAL,
        ),
    ),
    "score/index.py": (
        Piece("import json\n", "import json\nfrom decimal import Decimal\n", _FLOAT),
        Piece("':percentage': percentage", "':percentage': Decimal(str(percentage))", _FLOAT),
    ),
    "submissions/quiz_processor.py": (
        Piece("import json\n", "import json\nfrom decimal import Decimal\n", _FLOAT),
        Piece("return round(score, 2)", "return Decimal(str(round(score, 2)))", _FLOAT),
    ),
    "live/answer_validator.py": (Piece("question.get('points', 10)", "int(question.get('points', 10))", _DECIMAL),),
    "live/quiz_scheduler.py": (
        Piece(
            "json.loads(event.get('detail', '{}'))", "event.get('detail', {})", "the bus hands over details, not text"
        ),
        Piece(
            "            FilterExpression='#status = :status',\n"
            "            ExpressionAttributeNames={'#status': 'status'},\n",
            "",
            "whoever joins a quiz has no status there",
        ),
        Piece(
            "                ':quiz_id': quiz_id,\n                ':status': 'connected'\n",
            "                ':quiz_id': quiz_id\n",
            "whoever joins a quiz has no status there",
        ),
        Piece("Data=json.dumps(message)", "Data=json.dumps(message, default=int)", _DECIMAL),
    ),
}


def placed(name: str, source: str) -> str:
    """The source as it is, among the things of the measurement."""
    return _with(PLACED.get(name, ()), source)


def repaired(name: str, source: str) -> str:
    """The source with all repairs that fit it."""
    return _with(REPAIRS.get(name, ()), source)


def whys(name: str) -> tuple[str, ...]:
    """What the repairs of a handler are about."""
    return tuple(dict.fromkeys(piece.why for piece in REPAIRS.get(name, ())))


def _with(pieces: tuple[Piece, ...], source: str) -> str:
    for piece in pieces:
        source = source.replace(piece.text, piece.instead, 1)
    return source
