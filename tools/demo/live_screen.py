"""The terminal during a live quiz: one picture that moves, or one table for each question where nobody watches."""

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

from msgspec.structs import replace
from rich.console import Console
from rich.live import Live

from quiz.live.messages import QuestionClosed, ServerMessage
from quiz.live.standings import Row
from tools.demo.live_board import Moment, picture, podium
from tools.live.view import View


class Screen:
    """Shows a game to whoever looks."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live = Live(console=console, auto_refresh=False)
        self._moment: Moment | None = None

    def __enter__(self) -> Self:
        if self.is_watched:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.is_watched:
            self._live.stop()

    @property
    def is_watched(self) -> bool:
        """Whether there is a terminal, in which a picture can move."""
        return self._console.is_terminal

    def open(self, view: View, before: Mapping[str, int]) -> None:
        """A question has opened; so far everybody has these scores."""
        self._moment = Moment(
            question=view.question, index=view.index, total=view.total, players=len(before), before=before
        )
        self._draw()

    def move(self, rows: Sequence[Row], answered: int, seconds_left: float) -> None:
        """Answers have come in."""
        if self._moment is not None and not self._moment.is_closed:
            self._moment = replace(self._moment, rows=rows, answered=answered, seconds_left=seconds_left)
            self._draw()

    def told(self, message: ServerMessage) -> None:
        """The host was told something; the reveal is what is shown of it."""
        if isinstance(message, QuestionClosed) and self._moment is not None:
            self._moment = replace(self._moment, reveal=message, rows=message.leaderboard)
            self._draw()
            if not self.is_watched:
                self._console.print(picture(self._moment))

    def finish(self, rows: Sequence[Row], players: int) -> None:
        """The game is over."""
        self._console.print(podium(rows, players))

    def _draw(self) -> None:
        if self.is_watched and self._moment is not None:
            self._live.update(picture(self._moment), refresh=True)
