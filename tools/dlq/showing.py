"""What a person reads on the screen."""

import time

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tools.dlq.boxes import Box
from tools.dlq.letters import Letter
from tools.dlq.survey import Group, Survey

# A group of a FIFO queue hands out no more until these are deleted.
_MOST_OF_GROUP = 10
_UNITS = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))


def console() -> Console:
    """Colours on a terminal only; elsewhere no line is cut."""
    made = Console(highlight=False, soft_wrap=True)
    return made if made.is_terminal else Console(highlight=False, soft_wrap=True, width=160)


def overview(screen: Console, environment: str, seen: Survey) -> None:
    """One line for each group, and how much of the box was seen."""
    if not seen.letters:
        screen.print(f"[green]{seen.box.name} of {escape(environment)}: nothing to see[/]{_besides(seen)}")
        return
    table = Table(title=f"{seen.box.name} of {escape(environment)}", title_justify="left", title_style="bold", box=None)
    table.add_column("code", header_style="dim", no_wrap=True)
    for column in ("messages", "students" if seen.box.is_fifo else "", "oldest", "newest"):
        table.add_column(column, justify="right", header_style="dim", no_wrap=True)
    table.add_column("the first of them", header_style="dim", overflow="fold")
    for group in seen.groups:
        first, last = group.letters[0], group.letters[-1]
        of = str(group.people) if seen.box.is_fifo else str(group.kind)
        example = f"{first.message_id}\n{printable(first.reason)}".strip()
        cells = (group.code, str(len(group.letters)), of, age(first), age(last), example)
        table.add_row(*map(escape, cells))
    screen.print(table)
    screen.print(f"seen {len(seen.letters)} of about {max(seen.counts.all, len(seen.letters))}{_besides(seen)}")


def members(screen: Console, group: Group) -> None:
    """One line for each letter of a group."""
    for letter in group.letters:
        who = f"  {letter.group}" if letter.group else ""
        screen.print(escape(f"{letter.message_id}  {age(letter):>7}{who}  {printable(letter.reason)}".rstrip()))


def age(letter: Letter) -> str:
    """How long it has been here, roughly."""
    seconds = max(0, int(time.time() - letter.sent_at))
    unit, size = next(((unit, size) for unit, size in _UNITS if seconds >= size), _UNITS[-1])
    return f"{seconds // size} {unit}"


def printable(text: str) -> str:
    """Without what a terminal would obey; who writes a message could otherwise paint on the screen."""
    return "".join(one if one.isprintable() or one == "\n" else "\N{REPLACEMENT CHARACTER}" for one in text)


def where(box: Box) -> str:
    """Where its letters go when they are brought back."""
    return "back to the queue they came from" if box.source_url else "to the functions that failed on them"


def _besides(seen: Survey) -> str:
    notes = []
    if seen.stopped:
        notes.append("stopped before the end")
    if seen.counts.hidden:
        notes.append(f"about {seen.counts.hidden} were in somebody's hands for up to five minutes")
    if seen.box.is_fifo and any(_is_full(seen, letter.group) for letter in seen.letters):
        notes.append(f"of one student SQS shows the first {_MOST_OF_GROUP} only")
    return f" ({'; '.join(notes)})" if notes else ""


def _is_full(seen: Survey, group: str) -> bool:
    return seen.unseen > 0 and sum(letter.group == group for letter in seen.letters) >= _MOST_OF_GROUP
