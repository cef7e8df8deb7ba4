"""Pictures of a live quiz: a question, the leaderboard with its bars, and at the end who has won."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from rich.bar import Bar
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from quiz.live.messages import Asked, QuestionClosed
from quiz.live.standings import Row

_WIDTH = 78
_BAR_WIDTH = 34
_COLOURS = {1: "gold1", 2: "grey78", 3: "orange3"}
_OTHERS = "deep_sky_blue3"
_MEDALS = {1: "1st", 2: "2nd", 3: "3rd"}


class Moment(Struct, frozen=True, kw_only=True):
    """What there is to see of a game right now. `before` is everybody's score when the question opened."""

    index: int
    total: int
    players: int
    question: Asked | None = None
    before: Mapping[str, int] = {}
    rows: Sequence[Row] = ()
    answered: int = 0
    seconds_left: float = 0
    reveal: QuestionClosed | None = None

    @property
    def is_closed(self) -> bool:
        """Whether the answer has been shown."""
        return self.reveal is not None


def picture(moment: Moment) -> RenderableType:
    """All of it."""
    return Group(_question(moment), board(moment.rows, moment.before), _footer(moment))


def board(rows: Sequence[Row], before: Mapping[str, int]) -> Table:
    """The best, with their scores as bars, and what they have gained."""
    table = Table(box=None, padding=(0, 1), width=_WIDTH)
    table.add_column("", justify="right", width=3)
    table.add_column("player", no_wrap=True, overflow="ellipsis", ratio=1)
    table.add_column("", width=_BAR_WIDTH)
    table.add_column("points", justify="right", width=7)
    table.add_column("gain", justify="right", width=7)
    most = max((row.score for row in rows), default=0) or 1
    for row in rows:
        colour = _COLOURS.get(row.rank, _OTHERS)
        gain = row.score - before.get(row.participant_id, 0)
        table.add_row(
            Text(str(row.rank), colour),
            Text(row.user_info.name, "bold" if row.rank in _COLOURS else ""),
            Bar(most, 0, row.score, width=_BAR_WIDTH, color=colour),
            f"{row.score:,}",
            Text(f"+{gain:,}", "green") if gain else Text("-", "dim"),
        )
    return table


def podium(rows: Sequence[Row], players: int) -> RenderableType:
    """Who has won."""
    table = Table(box=None, show_header=False, padding=(0, 2))
    for row in rows[: len(_MEDALS)]:
        colour = _COLOURS[row.rank]
        table.add_row(
            Text(_MEDALS[row.rank], colour), Text(row.user_info.name, f"bold {colour}"), f"{row.score:,} points"
        )
    return Panel(table, title=f"The best of {players} players", expand=False, border_style="gold1")


def spelled(answer: Any, asked: Asked | None) -> str:
    """A right answer in the words of its options."""
    words = {option["id"]: option["text"] for option in asked.options or ()} if asked else {}
    match answer:
        case bool():
            return "true" if answer else "false"
        case list():
            return ", ".join(words.get(part, str(part)) for part in answer)
        case dict():
            return ", ".join(f"{words.get(part, part)}: {value}" for part, value in answer.items())
    return str(words.get(answer, answer))


def _question(moment: Moment) -> RenderableType:
    asked = moment.question
    lines = [Text(asked.text if asked else "", "bold")]
    if asked and asked.options:
        lines.append(Text(" / ".join(option["text"] for option in asked.options), "dim"))
    if moment.reveal is not None:
        lines.append(Text(f"Right: {spelled(moment.reveal.correct_answer, asked)}", "green"))
    title = f"Question {moment.index + 1} of {moment.total}"
    return Panel(Group(*lines), title=title, title_align="left", width=_WIDTH, border_style=_OTHERS)


def _footer(moment: Moment) -> Text:
    if moment.reveal is not None:
        counts = moment.reveal.counts
        return Text(f"  {counts.answered} of {counts.players} answered, {counts.correct} of them right", "dim")
    return Text(f"  {moment.answered} of {moment.players} answered, {moment.seconds_left:.0f} s left", "dim")
