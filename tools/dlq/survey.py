"""What lies in a box, by the code that it was set aside for."""

from msgspec import Struct

from tools.dlq.boxes import Box, Counts, count, reading
from tools.dlq.letters import Kind, Letter
from tools.dlq.sweeping import Stop


class Group(Struct, frozen=True):
    """Letters of one code and kind, the oldest first."""

    code: str
    kind: Kind
    letters: tuple[Letter, ...]

    @property
    def people(self) -> int:
        """How many students, or other groups, they are of."""
        return len({letter.group for letter in self.letters if letter.group})


class Survey(Struct, frozen=True):
    """What was seen of what there is."""

    box: Box
    letters: tuple[Letter, ...]
    counts: Counts
    stopped: bool = False

    @property
    def groups(self) -> list[Group]:
        """By code, the largest first."""
        found: dict[tuple[str, Kind], list[Letter]] = {}
        for letter in sorted(self.letters, key=lambda letter: letter.sent_at):
            found.setdefault((letter.code, letter.kind), []).append(letter)
        groups = [Group(code, kind, tuple(letters)) for (code, kind), letters in found.items()]
        return sorted(groups, key=lambda group: (-len(group.letters), group.code))

    @property
    def unseen(self) -> int:
        """About how many there are besides."""
        return max(0, self.counts.all - len(self.letters))


def survey(client: object, box: Box, most: int, stop: Stop) -> Survey:
    """Look at the letters and put all of them back."""
    counts = count(client, box.url)
    found: list[Letter] = []
    with reading(client, box) as bundles:
        for bundle in bundles:
            found += bundle
            if stop() or len(found) >= most:
                break
    return Survey(box, tuple(found[:most]), counts, stop())
