"""Importing questions into the bank, by their number, with a network that answers at once."""

import io
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import boto3
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from msgspec.structs import replace
from rich.console import Console

from quiz.questions import Question
from tools.bank.bank_table import BankTable
from tools.bank.formats import FORMATS
from tools.bank.importing import import_files
from tools.bench import plots
from tools.bench.curves import growth
from tools.report import Section
from tools.stack import bank

SIZES = (1_000, 10_000, 100_000)
# The others do as much work for each; the last size is for the longest of curves.
_FORMAT_OF_ALL_SIZES = "gift"
_MOST_GROWTH = 1.5
_ROUNDS = 5
_TABLE = "questions"
_NOTHING_THERE = b'{"Responses":{},"UnprocessedKeys":{}}'
_ALL_WRITTEN = b'{"UnprocessedItems":{}}'

_ABOUT = f"""\
`python -m tools.bank import` of files with as many questions, made from those of the sample bank, which has every type:
read, parsed, looked up, compared, checked by the rules of the API and written, {_ROUNDS} times each. The SDK does
everything, from serialising to parsing, but send: each call is answered at once. CPU time, which is all that an import
takes beyond its calls: for 100,000 questions there are 5,000, eight of them at a time."""


def sections(_: Path | None) -> list[Section]:
    """Linear: no question is looked at for the sake of another."""
    with TemporaryDirectory() as folder:
        costs = {name: _costs(name, Path(folder)) for name in FORMATS}
    each = {name: growth.of_each(cost) for name, cost in costs.items()}
    table = growth.Table("questions", SIZES)
    rows = (
        table.plain(f"{_FORMAT_OF_ALL_SIZES}, seconds", costs[_FORMAT_OF_ALL_SIZES]),
        *(
            table.flat(f"{name}, ms for each", {size: cost * 1000 for size, cost in one.items()}, _MOST_GROWTH)
            for name, one in each.items()
        ),
    )
    slope = each[_FORMAT_OF_ALL_SIZES][SIZES[0]]
    picture = plots.draw(
        "bank-import",
        "Importing into the question bank",
        plots.Scales("questions", "seconds of CPU"),
        [
            *(plots.Line(name, cost) for name, cost in costs.items()),
            plots.Line("as long for each", {size: slope * size for size in SIZES}, is_reference=True),
        ],
    )
    return [Section("Bank import", _ABOUT, table.columns, rows, (picture,))]


def _costs(name: str, folder: Path) -> dict[int, float]:
    sizes = SIZES if name == _FORMAT_OF_ALL_SIZES else SIZES[:-1]
    works = {size: _importing(name, folder, size) for size in sizes}
    return {size: median(_seconds(work) for _ in range(_ROUNDS)) for size, work in works.items()}


def _importing(name: str, folder: Path, size: int) -> Callable[[], None]:
    known = FORMATS[name]
    file = folder / f"{size}{known.suffixes[0]}"
    file.write_text(known.write(_questions(size)), encoding=known.encoding)
    options = Namespace(files=[file], format=name, category=None, difficulty=None, replace=False, dry_run=False)
    table = BankTable(_client(), _TABLE)

    def work() -> None:
        said = io.StringIO()
        import_files(table, options, Console(file=said))
        if f"imported {size}," not in said.getvalue():
            raise AssertionError(said.getvalue())

    return work


def _questions(size: int) -> Iterator[Question]:
    known = bank.read().questions
    for number in range(size):
        one = known[number % len(known)]
        yield replace(one, question_id=f"question-{number}", text=f"{one.text} ({number})")


def _client() -> Any:
    client: Any = boto3.client(
        "dynamodb",
        region_name="us-east-1",
        aws_access_key_id="none",
        aws_secret_access_key="none",  # noqa: S106
    )
    client.meta.events.register("before-send.dynamodb", _answer)
    return client


def _answer(request: AWSPreparedRequest, **_: object) -> AWSResponse:
    body = _NOTHING_THERE if b"BatchGet" in request.headers["X-Amz-Target"] else _ALL_WRITTEN
    headers: Any = {"content-type": "application/x-amz-json-1.0"}
    return AWSResponse(request.url, 200, headers, _Body(body))


class _Body(io.BytesIO):
    """As urllib3 hands it over."""

    def stream(self, **_: object) -> Iterator[bytes]:
        yield self.read()


def _seconds(work: Callable[[], None]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun
