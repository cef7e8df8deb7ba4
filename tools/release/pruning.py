"""Old versions: AWS keeps all of them until the region's 75 GB of code are full, and then refuses to publish."""

from msgspec import Struct

from tools.deployed import Deployed
from tools.release.aliases import Aliases


class Pruned(Struct, frozen=True):
    """What was deleted, or would be."""

    versions: int
    bytes: int


def prune(deployed: Deployed, keep: int, *, really: bool) -> Pruned:
    """Delete all but the newest versions of each function, and never one that serves or is tried."""
    aliases = Aliases(deployed)
    versions = size = 0
    for alias in aliases.all():
        old = aliases.versions(alias)[:-keep]
        gone = [version for version in old if version.number not in (alias.serving, alias.tried)]
        for version in gone if really else ():
            aliases.delete(alias, version)
        if gone:
            print(f"{alias.short:<12} {len(gone)} versions, {gone[0].number} to {gone[-1].number}")
        versions += len(gone)
        size += sum(version.bytes for version in gone)
    return Pruned(versions, size)
