"""docs/live.md says what the code does: every message and field, every example, every error, every number."""

import asyncio
import json
import os
import re
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from adapters.gateway.frames import MOST_BYTES
from adapters.live.rows import CODE_SECONDS
from adapters.live.winners import Winning
from handlers.api.live.routes import HostWish
from handlers.scheduler.control import ControlEvent
from quiz.live import wishes
from quiz.live.clock import Action
from quiz.live.games import Phase
from quiz.live.points import points
from quiz.live.settings import LiveSettings
from quiz.live.sheets import files
from quiz.live.tally import game_results
from quiz.questions import Quiz
from tests.unit.test_errors import ALL
from tests.unit.tools.live_server import StandIn, running
from tools.live import guide
from tools.live.connection import AnyServerMessage
from tools.live.examples import SCORED

GUIDE = guide.GUIDE.read_text(encoding="utf-8")
_FROM_CLIENTS: Any = wishes.PlayerMessage | wishes.AnyHostMessage | wishes.ShowLeaderboard
_FROM_SERVER: Any = AnyServerMessage


def chapter(title: str) -> str:
    [found] = re.findall(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", GUIDE, re.MULTILINE | re.DOTALL)
    return str(found)


def section(model: type[msgspec.Struct], within: str) -> str:
    name = re.escape(guide.tag_of(model))
    [found] = re.findall(rf"^### `?{name}`?\n(.*?)(?=^### |\Z)", chapter(within), re.MULTILINE | re.DOTALL)
    return str(found)


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^ *```{language}\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)


EVERYTHING = [
    *((model, "What clients send") for model in get_args(_FROM_CLIENTS)),
    *((model, "What clients get") for model in get_args(_FROM_SERVER)),
    *((model, "Parts of messages") for model in guide.PARTS),
]


def test_it_is_as_the_code_makes_it() -> None:
    assert guide.rendered() == GUIDE


def test_no_message_is_forgotten() -> None:
    assert set(guide.sent()) == set(get_args(_FROM_CLIENTS))
    assert set(guide.received()) == set(get_args(_FROM_SERVER))


@pytest.mark.parametrize(("model", "where"), EVERYTHING, ids=lambda each: getattr(each, "__name__", ""))
def test_every_field_of_every_message_is_in_its_table(model: type[msgspec.Struct], where: str) -> None:
    documented = set(re.findall(r"^\| `(\w+)` \|", section(model, where), re.MULTILINE))
    assert documented == set(model.__struct_fields__) - {"request_id"}


@pytest.mark.parametrize(
    ("where", "union"), [("What clients send", _FROM_CLIENTS), ("What clients get", _FROM_SERVER)], ids=["sent", "got"]
)
def test_every_example_is_a_message(where: str, union: Any) -> None:
    shown = blocks(chapter(where), "json")
    decoded = [msgspec.json.decode(example, type=union) for example in shown]
    assert {type(message) for message in decoded} == set(get_args(union))
    for example, message in zip(shown, decoded, strict=True):
        # A field that was not one of the message would be missing after the way back.
        told = json.loads(msgspec.json.encode(message))
        assert {name: value for name, value in told.items() if value is not None} == json.loads(example)


def test_other_messages_in_it_are_messages_too() -> None:
    typed = re.findall(r"^> (\{.*\})$", GUIDE, re.MULTILINE)
    assert [type(msgspec.json.decode(one, type=_FROM_CLIENTS)) for one in typed] == [wishes.JoinQuiz]


def test_every_error_in_it_is_one_and_those_of_live_quizzes_are_there() -> None:
    listed = set(re.findall(r"^\| `(\w+)` \|", chapter("Errors"), re.MULTILINE))
    every = {error.code for error in ALL}
    assert listed <= every
    # What only changes of the bank, submissions, practice or the branches of the tree answer.
    assert every - listed == {
        "rejected",
        "unsupported_version",
        "conflicting_submission",
        "in_use",
        "outdated_session",
        "stale_version",
        "version_missing",
    }


def test_hosts_wishes_are_all_there() -> None:
    rows = re.findall(r"^\| (?:`(\w+)`)? ?\| (?:`(\{.*?\})`)? ?\|", chapter("Hosting"), re.MULTILINE)
    over_socket, over_http = ({one for one in column if one} for column in zip(*rows, strict=True))
    assert over_socket == {guide.tag_of(model) for model in get_args(wishes.AnyHostMessage)}
    assert {json.loads(one)["action"] for one in over_http} == {"open"} | {str(each) for each in Action} - {"tick"}
    for one in over_http:
        msgspec.json.decode(one, type=HostWish)


def test_phases_and_settings_are_those_of_the_code() -> None:
    diagram = blocks(GUIDE, "mermaid")[1]
    assert set(re.findall(r"(\w+) -->", diagram)) == {str(phase) for phase in Phase}
    listed = re.findall(r"^\| `(\w+)` \|", chapter("Settings"), re.MULTILINE)
    assert listed == list(LiveSettings.__struct_fields__)
    [body] = re.findall(r"^api POST /quizzes -d '(\{.*?\})'$", GUIDE, re.MULTILINE | re.DOTALL)
    assert msgspec.json.decode(body, type=Quiz).live.pacing == "manual"


def test_the_example_of_points_is_right() -> None:
    question = next(iter(StandIn(("geo-001",)).questions.values()))
    settings = LiveSettings(time_limit=30, points=1000, speed_weight=Decimal(1))
    assert question.points == 1
    assert points(question, Fraction(1), SCORED["elapsed_ms"], settings) == SCORED["earned"] == 944  # type: ignore[arg-type]
    text = chapter("Points")
    assert "3.36 of 30 seconds" in text
    assert "= 944" in text


def test_the_files_have_the_columns_that_it_names() -> None:
    server = StandIn(("geo-001",))
    game = msgspec.structs.replace(server.game, index=0)
    made = files(game_results(game, list(server.questions.values()), []))
    for file, content in made.items():
        row = next(line for line in chapter("After the end").splitlines() if f"`{file}`" in line)
        if file.endswith(".csv"):
            header = content.decode("utf-8-sig").splitlines()[0].split(",")
            assert re.findall(r"`(\w+)`", row.split("|")[3]) == header


def test_the_message_to_winners_is_one() -> None:
    [winning] = (one for one in blocks(chapter("After the end"), "json") if "winners" in one)
    assert msgspec.json.decode(winning, type=Winning).winners


def test_the_event_in_it_is_obeyed() -> None:
    [entry] = re.findall(r"--entries '(\[.*?\])'", GUIDE, re.DOTALL)
    [event] = json.loads(entry)
    detail = json.loads(event["Detail"])
    read = msgspec.convert(
        {"id": "1", "source": event["Source"], "detail-type": event["DetailType"], "detail": detail}, ControlEvent
    )
    assert read.detail.action == "start"


def test_its_numbers_are_those_of_the_code() -> None:
    assert f"{CODE_SECONDS // 3600} hours" in GUIDE
    assert f"{MOST_BYTES // 1024} KB" in GUIDE


def test_its_links_lead_somewhere() -> None:
    headings = re.findall(r"^#+ (.*)$", GUIDE, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}
    for target in re.findall(r"\]\(([^)]+)\)", GUIDE):
        file, _, anchor = target.partition("#")
        assert (guide.GUIDE.parent / file).exists() if file else anchor in anchors, target


@pytest.mark.long
def test_the_player_in_it_plays(tmp_path: Path) -> None:
    [program] = blocks(GUIDE, "python")
    (tmp_path / "player.py").write_text(program)

    async def evening() -> tuple[str, StandIn]:
        async with asyncio.timeout(60), running(StandIn(("geo-001", "geo-002"))) as server:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                tmp_path / "player.py",
                "123456",
                "Ada",
                env={**os.environ, "WEBSOCKET_URL": server.url, "TOKEN": "ada", "PYTHONUNBUFFERED": "1"},
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
            )
            await _until(lambda: "ada" in server.sockets.values())
            server.wish(Action.START)
            await _until(lambda: "geo-001" in server.records["ada"])
            # Its connection is lost, and the question is answered already.
            [socket] = server.sockets
            socket.transport.abort()
            await _until(lambda: [*server.sockets.values()] == ["ada"] and socket not in server.sockets)
            server.wish(Action.NEXT)
            await _until(lambda: server.game.phase is Phase.CLOSED)
            server.wish(Action.NEXT)
            await _until(lambda: "geo-002" in server.records["ada"])
            server.wish(Action.END)
            output, _ = await process.communicate()
            assert process.returncode == 0, output.decode()
            return output.decode(), server

    output, server = asyncio.run(evening())
    assert output.count("lost") <= 1
    assert "What is the capital of Australia?" in output
    assert f"rank 1, {server.players['ada'].score} points" in output


async def _until(wanted: Any) -> None:
    while not wanted():
        await asyncio.sleep(0.01)
