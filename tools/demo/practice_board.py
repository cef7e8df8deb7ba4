"""Pictures of a student who practises: the pool that shrinks, and what it took."""

import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from msgspec import Struct
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

_BARS = " ▁▂▃▄▅▆▇█"
_ROWS = 4
_WIDTH = 72
# So that whoever watches sees it move.
_SECONDS_A_STEP = 0.04


class Step(Struct, frozen=True):
    """One answer, and how the session stood after it."""

    question_id: str
    correct: bool
    remaining: int
    wrong_pool: int
    mastered: int


class Course(Struct, frozen=True):
    """A whole session; `dropped_at` is after how many answers a new client took over."""

    total: int
    dropped_at: int
    steps: tuple[Step, ...]

    @property
    def mastered(self) -> int:
        """How many questions are mastered."""
        return self.steps[-1].mastered if self.steps else 0

    @property
    def first_time(self) -> int:
        """How many questions were right the first time that they were asked."""
        first = {step.question_id: step.correct for step in reversed(self.steps)}
        return sum(first.values())

    @property
    def asked_again(self) -> int:
        """How many answers were not the first one to their question."""
        return len(self.steps) - len({step.question_id for step in self.steps})


def plot(values: Sequence[int], most: int, width: int = _WIDTH, rows: int = _ROWS) -> list[str]:
    """Columns of blocks, the tallest for `most`, as lines of text from the top to the bottom."""
    shown = [values[index * len(values) // width] for index in range(width)] if len(values) > width else values
    steps = len(_BARS) - 1
    # Whatever is there at all is seen.
    heights = [max(value > 0, round(value * rows * steps / max(most, 1))) for value in shown]
    return [
        "".join(_BARS[min(max(height - row * steps, 0), steps)] for height in heights) for row in reversed(range(rows))
    ]


def picture(steps: Sequence[Step], title: str, width: int = _WIDTH) -> RenderableType:
    """What is left to ask, and the wrong-answer pool, after each answer."""
    remaining, pool = [step.remaining for step in steps], [step.wrong_pool for step in steps]
    last = steps[-1] if steps else None
    lines = [
        Text(f"not asked yet  {last.remaining if last else '-'}", "deep_sky_blue3"),
        *(Text(line, "deep_sky_blue3") for line in plot(remaining, max(remaining, default=1), width)),
        Text(f"wrong-answer pool  {last.wrong_pool if last else '-'}", "orange3"),
        *(Text(line, "orange3") for line in plot(pool, max(pool, default=1), width)),
        Text(f"{len(steps)} answers, {last.mastered if last else 0} mastered", "dim"),
    ]
    return Panel(Group(*lines), title=f"A student practises: {title}", title_align="left", expand=False)


def table(course: Course) -> Table:
    """What it took."""
    found = Table("questions", "asked", "right first time", "asked again", "mastered", "asked per mastered")
    found.title = "Adaptive practice"
    each = f"{len(course.steps) / course.mastered:.2f}" if course.mastered else "-"
    numbers = (course.total, len(course.steps), course.first_time, course.asked_again, course.mastered)
    found.add_row(*map(str, numbers), each)
    return found


def progress_line(progress: Mapping[str, Any]) -> str:
    """What `GET /users/{id}/progress` says, in one line."""
    numbers = ", ".join(f"{progress[name]} {name}" for name in ("answered", "correct", "mastered") if name in progress)
    return f"progress: {numbers}, accuracy {progress.get('accuracy')}, streak {progress.get('streak')}"


class Screen:
    """Shows a session to whoever looks: a picture that moves, or one at the end where nobody watches."""

    def __init__(self, console: Console, title: str) -> None:
        self._console, self._title = console, title
        self._live = Live(console=console, auto_refresh=False)
        self._width = min(_WIDTH, console.width - 4)
        self.seconds_a_step = _SECONDS_A_STEP

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._console.is_terminal:
            self._live.stop()

    def move(self, steps: Sequence[Step]) -> None:
        """An answer was given."""
        if self._console.is_terminal:
            self._live.update(picture(steps, self._title, self._width), refresh=True)
            time.sleep(self.seconds_a_step)

    def dropped(self, answers: int) -> None:
        """The connection was lost, and a new client goes on."""
        self._console.print(f"After {answers} answers the app is gone; a new one goes on with the id of the session")

    def finish(self, course: Course, progress: Mapping[str, Any]) -> None:
        """Everything is mastered."""
        if not self._console.is_terminal:
            self._console.print(picture(course.steps, self._title, self._width))
        self._console.print(table(course))
        self._console.print(progress_line(progress), soft_wrap=True)
