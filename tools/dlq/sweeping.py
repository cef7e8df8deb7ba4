"""Go through a box once: what is asked for is settled and deleted, everything else stays as it was."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from msgspec import Struct, field

from tools.dlq.boxes import Reading
from tools.dlq.letters import Letter

# Somebody pressed Ctrl-C, perhaps; asked between one bundle of letters and the next, so that none is left half done.
Stop = Callable[[], bool]


class Choice(Struct, frozen=True):
    """Which letters are meant; all of them where nothing is said."""

    codes: frozenset[str] = frozenset()
    student: str = ""
    most: int | None = None

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return not self.codes and not self.student and self.most is None

    def takes(self, letter: Letter) -> bool:
        """Whether the letter is meant. A submission's group is its student."""
        return (not self.codes or letter.code in self.codes) and self.student in ("", letter.group)


class Settling(Protocol):
    """What is done with letters."""

    @property
    def made(self) -> Iterable[str]:
        """Ids of what came of them: a letter that comes from one of these has failed again."""

    def settle(self, letters: list[Letter]) -> Mapping[str, str]:
        """Do it; why each letter has to stay, by its id. What is not named is done with, and deleted."""


class Tally(Struct):
    """What became of the letters of a run."""

    seen: int = 0
    done: int = 0
    not_chosen: int = 0
    not_deleted: int = 0
    unseen: int = 0
    came_back: Counter[str] = field(default_factory=Counter)
    stayed: Counter[str] = field(default_factory=Counter)
    stopped: bool = False

    @property
    def is_clean(self) -> bool:
        """Whether everything that was asked for is done."""
        return not (self.came_back or self.stayed or self.not_deleted or self.unseen or self.stopped)


def sweep(reading: Reading, choice: Choice, settling: Settling, stop: Stop, tell: Callable[[Tally], None]) -> Tally:
    """Settle what is chosen, bundle by bundle, until nothing new comes or somebody stops it.

    What failed again at once is not tried again: that would go on for ever.
    """
    tally = Tally()
    for letters in reading:
        tally.seen += len(letters)
        back = [letter for letter in letters if not letter.origins.isdisjoint(settling.made)]
        tally.came_back.update(letter.code for letter in back)
        chosen = [letter for letter in letters if letter not in back and choice.takes(letter)]
        tally.not_chosen += len(letters) - len(back) - len(chosen)
        _settle(reading, chosen[: _room(choice, tally)], settling, tally)
        tell(tally)
        if _room(choice, tally) == 0:
            break
        if stop():
            tally.stopped = True
            break
    return tally


def _settle(reading: Reading, letters: list[Letter], settling: Settling, tally: Tally) -> None:
    if not letters:
        return
    staying = settling.settle(letters)
    tally.stayed.update(staying.values())
    done = [letter for letter in letters if letter.message_id not in staying]
    tally.not_deleted += len(reading.delete(done))
    tally.done += len(done)


def _room(choice: Choice, tally: Tally) -> int | None:
    """How many more may be settled, None for any number."""
    return None if choice.most is None else max(0, choice.most - tally.done - sum(tally.stayed.values()))
