"""Other implementations are loaded as they are, or with repairs where these fit."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tools.bench.baseline import repairs
from tools.bench.baseline.loading import Original
from tools.bench.baseline.place import Place, answered
from tools.bench.operations.network import Network

_NAME = "generate/index.py"
_SOURCE = """import json
from decimal import Decimal

def handler(event, context):
    return json.dumps({
                'points': Decimal(3),
                'message': 'Quiz generated successfully'
            })
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / _NAME
    path.parent.mkdir()
    path.write_text(_SOURCE)
    return tmp_path


def test_as_it_is_it_fails(folder: Path) -> None:
    with pytest.raises(TypeError, match="Decimal"):
        Original(folder, is_repaired=False).handler(_NAME)({}, None)


def test_with_the_repair_it_works(folder: Path) -> None:
    assert json.loads(Original(folder, is_repaired=True).handler(_NAME)({}, None))["points"] == 3


def test_a_handler_that_cannot_be_loaded_fails_when_it_is_invoked(tmp_path: Path) -> None:
    place = Place(Original(tmp_path, is_repaired=False), Network(), 0)
    with place.loaded("generate/index.py") as handler, pytest.raises(FileNotFoundError):
        handler({}, None)


@pytest.mark.parametrize("name", repairs.REPAIRS)
def test_a_repair_changes_its_piece_once_and_nothing_else(name: str) -> None:
    for piece in repairs.REPAIRS[name]:
        assert repairs.repaired(name, f"# {piece.text}") != f"# {piece.text}"
    assert repairs.repaired(name, "pass") == "pass"
    assert repairs.repaired("another.py", "import json\n") == "import json\n"


def test_only_where_redis_is_is_said_of_a_handler_as_it_is() -> None:
    source = "redis.Redis(host=endpoint, port=6379)"
    assert repairs.placed("live/answer_validator.py", source) == (
        "redis.Redis(host=endpoint, port=int(os.environ['REDIS_PORT']))"
    )


@pytest.mark.parametrize(
    ("response", "trouble"),
    [
        ({"statusCode": 200}, ""),
        ({"statusCode": 500, "body": '{"error": "no", "message": "a Decimal"}'}, "500: a Decimal"),
        ({"statusCode": 404, "body": '{"error": "not there"}'}, "404: not there"),
    ],
)
def test_their_errors_are_told(response: dict[str, Any], trouble: str) -> None:
    assert answered(response, Counter()) == trouble
